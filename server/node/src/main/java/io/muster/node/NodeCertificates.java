package io.muster.node;

import io.muster.http.HttpSecurity;
import io.muster.tls.CertificateSource;
import io.muster.tls.ServerTrust;
import java.time.InstantSource;
import java.util.List;

/// The certificates that a node shows, where it speaks TLS.
sealed interface NodeCertificates {
    /// Without TLS there is none.
    record None() implements NodeCertificates {}

    /// @param node by what it shows itself to other nodes
    /// @param api by what its API does
    record Shown(CertificateSource node, CertificateSource api) implements NodeCertificates {}

    /// Reads them; throws [ConfigException] where they cannot be used.
    static NodeCertificates read(TlsConfig config) {
        return switch (config) {
            case TlsConfig.Off() -> new None();
            case TlsConfig.On on -> {
                CertificateSource node = TlsConfig.source(on.files());
                yield new Shown(node, on.api().equals(on.files()) ? node : TlsConfig.source(on.api()));
            }
        };
    }

    /// What protects the API: the certificate is read again whenever its files change.
    default HttpSecurity https() {
        return switch (this) {
            case None() -> new HttpSecurity.PlainHttp();
            case Shown shown -> new HttpSecurity.Https(shown.api().server(), ServerTrust.in(shown.api()));
        };
    }

    /// Watches when they end.
    default CertificateWatch watch() {
        return new CertificateWatch(
                switch (this) {
                    case None() -> List.of();
                    case Shown shown -> List.of(shown.node(), shown.api());
                },
                InstantSource.system());
    }
}

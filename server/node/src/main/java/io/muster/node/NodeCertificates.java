package io.muster.node;

import io.muster.http.HttpSecurity;
import io.muster.tls.CertificateSource;
import io.muster.tls.ServerTrust;

/// The certificates that a node's API shows, where it speaks TLS.
sealed interface NodeCertificates {
    /// Without TLS there is none.
    record None() implements NodeCertificates {}

    /// @param api by what the API shows itself
    record Shown(CertificateSource api) implements NodeCertificates {}

    /// Reads them; throws [ConfigException] where they cannot be used.
    static NodeCertificates read(TlsConfig config) {
        return switch (config) {
            case TlsConfig.Off() -> new None();
            case TlsConfig.On on -> new Shown(TlsConfig.source(on.api()));
        };
    }

    /// What protects the API: the certificate is read again whenever its files change.
    default HttpSecurity https() {
        return switch (this) {
            case None() -> new HttpSecurity.Loopback();
            case Shown(CertificateSource api) -> new HttpSecurity.Https(api.server(), ServerTrust.in(api));
        };
    }
}

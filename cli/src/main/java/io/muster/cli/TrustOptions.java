package io.muster.cli;

import io.muster.tls.CertificateFault;
import io.muster.tls.ServerTrust;
import io.muster.wire.HttpConnections;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Whom a command trusts as a server of the cluster.
final class TrustOptions {
    @Option(
            names = "--ca",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MUSTER_CA:-}",
            description = "The cluster's ca.pem, for https servers (or MUSTER_CA; default: whom the system trusts).")
    private String authority = "";

    /// Connections with `servers` that trust those.
    HttpConnections connections(List<String> servers) {
        try {
            return authority.isEmpty()
                    ? HttpConnections.with(servers)
                    : new HttpConnections(ServerTrust.in(Path.of(authority)));
        } catch (CertificateFault e) {
            throw CannotDo.usage("--ca: " + e.getMessage());
        }
    }
}

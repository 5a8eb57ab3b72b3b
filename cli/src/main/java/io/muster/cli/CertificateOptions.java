package io.muster.cli;

import io.muster.node.ConfigFile;
import io.muster.node.NodeConfig;
import io.muster.node.TlsConfig;
import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Whose certificates a command makes or shows, and where they are.
final class CertificateOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "muster.yaml",
            scope = ScopeType.INHERIT,
            description = "The configuration that names the nodes (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("muster.yaml");

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "",
            scope = ScopeType.INHERIT,
            description = "Where the certificates are (default: the configuration's tls.folder, or tls beside it).")
    private String folder = "";

    NodeConfig configuration() {
        return ConfigFile.readForAll(config);
    }

    CertificateFolder folder() {
        if (!folder.isEmpty()) {
            return new CertificateFolder(Path.of(folder).toAbsolutePath().normalize());
        }
        return switch (configuration().tls()) {
            case TlsConfig.On on -> on.folder();
            case TlsConfig.Off() ->
                new CertificateFolder(
                        config.toAbsolutePath().resolveSibling(TlsConfig.FOLDER).normalize());
        };
    }

    /// Makes a certificate for `member` and keeps it.
    void issue(CertificateAuthority authority, NodeConfig.Member member, int days) {
        String name = member.id().value();
        var hosts = List.of(member.node().host(), member.api().host());
        var request = new CertificateAuthority.Request(name, hosts, Duration.ofDays(days));
        folder().keep(name, authority.issue(request, Instant.now()));
    }
}

package io.muster.cli;

import io.muster.node.NodeConfig;
import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFault;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `muster init`: makes the authority of a cluster and a certificate for each of its nodes.
@Command(
        name = "init",
        description = "Make a cluster's authority and a certificate for each of its nodes.",
        footer = {
            "",
            "Examples:",
            "  muster init --config muster.yaml",
            "",
            "Give each node ca.pem and the two files in its own name; keep ca.key where no node is. See docs/tls.md.",
            "Exit codes: 0 made, 2 refused, and nothing that was there has changed."
        })
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CertificateOptions options = new CertificateOptions();

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "365",
            description = "How long node certificates are valid (default: ${DEFAULT-VALUE}).")
    private int days = 365;

    @Override
    public Integer call() {
        CertificateCommand.requireLife(days);
        NodeConfig config = options.configuration();
        try {
            var authority = CertificateAuthority.create(config.clusterName(), Instant.now());
            options.folder().keep(authority);
            config.members().forEach(member -> options.issue(authority, member, days));
        } catch (CertificateFault e) {
            throw CannotDo.usage(String.valueOf(e.getMessage()));
        }
        Printing.line(spec, "made in " + options.folder().path() + ", readable by you alone:");
        Printing.line(spec, "  ca.pem  whom to trust: for every node, worker and client");
        Printing.line(spec, "  ca.key  signs certificates: keep it where no node is");
        for (NodeConfig.Member member : config.members()) {
            Printing.line(spec, "  " + member.id() + ".pem, " + member.id() + ".key  for " + member.id() + " alone");
        }
        return ExitCode.WELL.number();
    }
}

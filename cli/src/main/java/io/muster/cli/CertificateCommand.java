package io.muster.cli;

import io.muster.node.NodeConfig;
import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFacts;
import io.muster.tls.CertificateFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster cert`: shows the certificates of a cluster, and makes those of its nodes anew.
@Command(
        name = "cert",
        description = "Show the certificates of a cluster's nodes, and renew them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster cert show --config muster.yaml",
            "  muster cert renew",
            "  muster cert renew node-2 --days 90",
            "",
            "A node reads its files again when they change; it need not be started again."
        })
final class CertificateCommand {
    /// More is a slip of the pen: nothing outlives its authority.
    private static final int MAX_DAYS = (int) CertificateAuthority.AUTHORITY_LIFE.toDays();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CertificateOptions options = new CertificateOptions();

    static void requireLife(int days) {
        if (days < 1 || days > MAX_DAYS) {
            throw CannotDo.usage("--days is " + days + "; it must lie between 1 and " + MAX_DAYS);
        }
    }

    @Command(
            name = "show",
            description = "Show whose certificates there are and when they end.",
            mixinStandardHelpOptions = true)
    int show() {
        var table = new TextTable("NAME", "ENDS", "DAYS", "ISSUED BY", "FILE");
        boolean isWell = true;
        try {
            Instant now = Instant.now();
            var folder = options.folder();
            for (var authority : folder.authorities()) {
                isWell &= row(table, CertificateFacts.of(authority), "ca.pem", now);
            }
            for (NodeConfig.Member member : options.configuration().members()) {
                var files = folder.of(member.id().value());
                isWell &= row(
                        table, files.facts(), String.valueOf(files.certificate().getFileName()), now);
            }
        } catch (CertificateFault e) {
            throw CannotDo.usage(String.valueOf(e.getMessage()));
        }
        Printing.table(spec, table);
        return (isWell ? ExitCode.WELL : ExitCode.BAD).number();
    }

    private static boolean row(TextTable table, CertificateFacts facts, String file, Instant now) {
        long days = Duration.between(now, facts.ends()).toDays();
        table.row(facts.name(), facts.ends(), days, facts.issuer(), file);
        return now.isBefore(facts.ends());
    }

    @Command(
            name = "renew",
            description = "Make new certificates with new keys, for all nodes or those that are named.",
            mixinStandardHelpOptions = true)
    int renew(
            @Parameters(paramLabel = "NODE", arity = "0..*", description = "Which nodes (default: all).")
                    List<String> names,
            @Option(
                            names = "--days",
                            paramLabel = "DAYS",
                            defaultValue = "365",
                            description = "How long they are valid (default: ${DEFAULT-VALUE}).")
                    int days) {
        requireLife(days);
        List<NodeConfig.Member> chosen = chosen(names == null ? List.of() : names);
        try {
            var authority = options.folder().authority();
            for (NodeConfig.Member member : chosen) {
                options.issue(authority, member, days);
                var facts = options.folder().of(member.id().value()).facts();
                Printing.line(spec, member.id() + "  valid until " + facts.ends());
            }
        } catch (CertificateFault e) {
            throw CannotDo.usage(String.valueOf(e.getMessage()));
        }
        return ExitCode.WELL.number();
    }

    private List<NodeConfig.Member> chosen(List<String> names) {
        var left = new ArrayList<>(names);
        var chosen = options.configuration().members().stream()
                .filter(member -> names.isEmpty() || left.remove(member.id().value()))
                .toList();
        if (!left.isEmpty()) {
            throw CannotDo.usage("the configuration has no node " + String.join(", ", left));
        }
        return chosen;
    }
}

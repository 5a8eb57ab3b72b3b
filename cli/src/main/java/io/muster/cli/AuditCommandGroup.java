package io.muster.cli;

import io.muster.client.AuditDocument;
import io.muster.client.AuditRequest;
import io.muster.client.FindingDocument;
import io.muster.client.ManifestDocument;
import io.muster.client.MusterClient;
import io.muster.versions.PackageUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster audit`: sends the manifests of a folder through the cluster, one job a package.
@Command(
        name = "audit",
        description = "Audit the packages of a lockfile, SBOM or folder on the cluster.",
        mixinStandardHelpOptions = true,
        subcommands = {AuditGetCommand.class, AuditListCommand.class, AuditCancelCommand.class},
        footer = {
            "",
            "Examples:",
            "  muster audit examples/webshop",
            "  muster audit --sample 0.2 package-lock.json --fail-on high --format sarif -o audit.sarif",
            "  muster audit --package pkg:npm/lodash@4.17.4 --package pkg:pypi/requests@2.19.0",
            "  muster audit get audit-00000000000a",
            "",
            "A folder that is called get, list or cancel is ./get, ./list or ./cancel.",
            "Exit codes: 0 clean, 1 findings, 127 no verdict or not on all packages, 128 no packages found,",
            "75 unknown whether the audit was started."
        })
public final class AuditCommandGroup implements Callable<Integer>, VerdictCommand {
    private static final long POLL_NANOS = 200_000_000L;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private IdempotencyOption idempotency = new IdempotencyOption();

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "A manifest, an SBOM, or a folder with some.")
    private @Nullable Path path;

    @Option(
            names = "--package",
            paramLabel = "PURL",
            description = "A package URL with a version to audit; repeatable, beside or instead of PATH.")
    private List<String> packages = List.of();

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            defaultValue = "1.0",
            description = "Audit only this random share, 0 < SHARE <= 1 (default: all).")
    private double sample = 1.0;

    @Option(names = "--detach", description = "Print the audit's id and do not wait; see muster audit get.")
    private boolean isDetached;

    ServerOptions server() {
        return server;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path asked = path;
        if (asked == null && packages.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name a PATH, a --package, or both");
        }
        if (!(sample > 0 && sample <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--sample is " + sample + "; it must lie above 0 and be at most 1");
        }
        packages.forEach(AuditCommandGroup::requirePackageUrl);
        report.check();
        idempotency.check();
        var rules = report.rules(asked);
        List<ManifestDocument> manifests = asked == null ? List.of() : ManifestFiles.below(asked);
        String name = asked == null ? packages.getFirst() : asked.toString();
        return server.with(client -> {
            var request = new AuditRequest(name, manifests, sample, null, null, packages);
            var audit = idempotency.write(client, keyed -> keyed.startAudit(request));
            Printing.remark(spec, audit.id() + ": " + audit.chosen() + " of " + audit.candidates() + " packages");
            if (isDetached) {
                audit.notices().forEach(notice -> Printing.remark(spec, notice));
                Printing.line(spec, audit.id());
                return ExitCode.WELL.number();
            }
            var ended = await(client, audit);
            int code = report.tell(
                    spec, AuditReport.of(ended, asked, rules, Clock.systemUTC().instant()));
            return code == ExitCode.NO_PACKAGES.number() ? verdict(ended).number() : code;
        });
    }

    /// Without manifests at hand a report knows of no packages but those with findings.
    static ExitCode verdict(AuditDocument ended) {
        return ended.finished() == ended.chosen() && ended.failed() == 0 ? ExitCode.WELL : ExitCode.NO_VERDICT;
    }

    private static void requirePackageUrl(String text) {
        boolean hasVersion = PackageUrl.parse(text)
                .valid()
                .filter(purl -> !purl.version().isEmpty())
                .isPresent();
        if (!hasVersion) {
            throw CannotDo.usage(
                    "--package '" + text + "' is no package URL with a version: write it like pkg:npm/lodash@4.17.4");
        }
    }

    /// The findings as people read them.
    public static TextTable findings(AuditDocument audit) {
        var table = new TextTable("PACKAGE", "VERSION", "ADVISORY", "SEVERITY", "FIXED", "NODE", "ATTEMPT");
        for (FindingDocument finding : audit.findings()) {
            table.row(
                    finding.name(),
                    finding.version(),
                    finding.id(),
                    finding.severity(),
                    finding.fixed(),
                    finding.worker(),
                    finding.attempt());
        }
        return table;
    }

    /// Waits until it has ended, and says on a terminal how far it is.
    static AuditDocument await(MusterClient client, AuditDocument audit) throws InterruptedException {
        var bar = ProgressBar.onTerminal();
        try {
            var seen = audit;
            while (seen.finishedAt() == null && seen.state().equals("running")) {
                bar.show("audit", seen.finished(), seen.chosen());
                LockSupport.parkNanos(POLL_NANOS);
                seen = client.audit(audit.id());
            }
            return seen;
        } finally {
            bar.clear();
        }
    }
}

package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.JobStatus;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.node.LoneNode;
import io.muster.node.NodeConfig;
import io.muster.node.Pause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster audit` against a node: the same reports as a scan, and audits that are found, listed and called off.
@Timeout(120)
final class AuditCommandsTest {
    @TempDir
    Path folder;

    private Path app;
    private LoneNode node;

    @BeforeEach
    void start() throws Exception {
        Path osv = Files.createDirectories(folder.resolve("osv"));
        Files.writeString(osv.resolve("EX-1.json"), """
                {"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "summary": "stars explode",
                 "affected": [{"package": {"ecosystem": "PyPI", "name": "star"}, "versions": ["1.0"]}]}
                """);
        app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("requirements.txt"), "star==1.0\nmoon==2.0\n");
        node = LoneNode.startAuditing(folder, osv);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void an_audit_is_reported_in_every_format_of_a_scan_and_ends_as_one() throws Exception {
        Path file = folder.resolve("audit.sarif");

        var table = audit(app.toString());
        var sarif = audit(app.toString(), "--format", "sarif", "-o", file.toString());
        var markdown = audit(app.toString(), "-f", "markdown");
        var json = audit(app.toString(), "--json");

        assertThat(List.of(table.code(), sarif.code(), markdown.code(), json.code()))
                .as(table + "\n" + sarif)
                .containsOnly(1);
        assertThat(table.out()).contains("EX-1").contains("star").contains("1.0");
        assertThat(sarif.out()).isEmpty();
        assertThat(file).content().contains("\"2.1.0\"").contains("EX-1").contains("requirements.txt");
        assertThat(markdown.out()).contains("|").contains("EX-1");
        assertThat(json.out()).startsWith("{").contains("EX-1");
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(each -> each.toString().endsWith(".tmp"));
        }
    }

    @Test
    void findings_that_an_ignore_file_sets_aside_do_not_count() throws Exception {
        Files.writeString(app.resolve("osv-scanner.toml"), """
                [[IgnoredVulns]]
                id = "EX-1"
                reason = "no stars here"
                """);

        var ignored = audit(app.toString());
        var other = audit(
                app.toString(),
                "--ignore",
                Files.writeString(folder.resolve("none.toml"), "").toString());

        assertThat(ignored.code()).as(ignored.toString()).isZero();
        assertThat(ignored.out()).contains("no stars here");
        assertThat(other.code()).isEqualTo(1);
    }

    @Test
    void an_audit_is_listed_and_told_again_by_its_id_with_the_same_verdict() {
        var started = audit(app.toString(), "--detach");
        String id = started.out().strip();

        var got = audit("get", id, "--wait");
        var json = audit("get", id, "--format", "json");
        var listed = audit("list");

        assertThat(started.code()).as(started.toString()).isZero();
        assertThat(got.code()).as(got.toString()).isEqualTo(1);
        assertThat(got.out()).contains("EX-1");
        assertThat(json.out()).startsWith("{").contains("EX-1");
        assertThat(listed.out()).contains(id).contains("concluded").contains("2 of 2");
    }

    @Test
    void an_audit_that_was_called_off_gives_no_verdict() throws Exception {
        fillSlots();
        String id = audit("--package", "pkg:pypi/star@1.0", "--detach").out().strip();

        var cancelled = audit("cancel", id);
        var got = audit("get", id);
        var again = audit("cancel", id);

        assertThat(cancelled.code()).as(cancelled.toString()).isZero();
        assertThat(cancelled.out()).contains(id).contains("cancelled");
        assertThat(got.code()).as(got.toString()).isEqualTo(127);
        assertThat(got.out() + got.err()).contains("1 packages were not audited");
        assertThat(again.code()).as(again.toString()).isEqualTo(1);
        assertThat(Typed.at(node, folder, "job", "cancel", "--type", "sleep").code())
                .isZero();
    }

    /// Keeps all workers busy, so that an audit does not end by itself.
    private void fillSlots() throws InterruptedException {
        var sleeper = SubmitJob.of("sleep", Bytes.utf8("{\"millis\":600000}"));
        node.client.submitAll(Collections.nCopies(NodeConfig.Work.DEFAULT_SLOTS, sleeper));
        while (node.client.cluster().counts().getOrDefault(JobStatus.CLAIMED, 0L) < NodeConfig.Work.DEFAULT_SLOTS) {
            Pause.shortly();
        }
    }

    private Typed audit(String... words) {
        var all = new ArrayList<>(List.of("audit"));
        all.addAll(List.of(words));
        return Typed.at(node, folder, all.toArray(String[]::new));
    }
}

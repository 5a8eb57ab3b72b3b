package io.muster.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.worker.ActionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditHandlerTest {
    @TempDir
    Path folder;

    private AuditHandler handler;
    private String digest;

    @BeforeEach
    void load() throws IOException {
        advisory("GHSA-aaaa-bbbb-cccc", "CVE-2024-1", "Padding overflows.", "1.3.1");
        handler = new AuditHandler(AdvisorySets.of(AdvisoryDatabase.load(folder)));
        digest = AdvisoryDatabase.load(folder).digest().substring("sha256:".length());
    }

    @Test
    void an_affected_version_is_answered_with_its_findings() throws Exception {
        ActionResult result = handler.run(new FakeContext(payload("pkg:npm/left-pad@1.3.0", digest)));

        assertThat(result)
                .isEqualTo(ActionResult.done("{\"purl\":\"pkg:npm/left-pad@1.3.0\",\"database\":\"" + digest
                        + "\",\"engine\":\"muster-advisories/0.2.0\",\"findings\":[{\"id\":\"GHSA-aaaa-bbbb-cccc\","
                        + "\"aliases\":[\"CVE-2024-1\"],\"severity\":\"critical\",\"score\":9.8,"
                        + "\"summary\":\"Padding overflows.\",\"fixed\":\"1.3.1\"}],\"omitted\":0,\"undecided\":[]}"));
    }

    @Test
    void an_unaffected_version_is_answered_without_findings() throws Exception {
        ActionResult result = handler.run(new FakeContext(payload("pkg:npm/left-pad@1.3.1", digest)));

        assertThat(json(result)).contains("\"findings\":[]");
    }

    @Test
    void a_package_can_be_named_by_ecosystem_name_and_version() throws Exception {
        ActionResult result = handler.run(new FakeContext("{\"ecosystem\":\"npm\",\"name\":\"left-pad\","
                + "\"version\":\"1.3.0\",\"database\":\"sha256:" + digest + "\"}"));

        assertThat(json(result)).contains("pkg:npm/left-pad@1.3.0", "GHSA-aaaa-bbbb-cccc");
    }

    @Test
    void another_database_than_the_wanted_one_is_not_asked() throws Exception {
        ActionResult result =
                handler.run(new FakeContext(payload("pkg:npm/left-pad@1.3.0", "sha256:" + "0".repeat(64))));

        assertThat(result).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.retry()).isEqualTo(ActionResult.Retry.WORTHWHILE);
            assertThat(failed.error()).contains("0".repeat(64), digest);
        });
    }

    @Test
    void what_cannot_be_looked_up_is_refused_for_good() throws Exception {
        refused(payload("left-pad", digest), "no package URL");
        refused(payload("pkg:npm/left-pad", digest), "names no version");
        refused(payload("pkg:docker/left-pad@1", digest), "no ecosystem");
        refused("{\"name\":\"left-pad\",\"database\":\"" + digest + "\"}", "'ecosystem'");
        refused("{\"purl\":\"pkg:npm/left-pad@1\"}", "'database' is missing");
        refused("{\"database\":\"x\",\"minimumMillis\":60001}", "0 to 60000");
        refused("[]", "cannot read");
    }

    @Test
    void a_demonstration_can_be_slowed_down() throws Exception {
        FakeContext context = new FakeContext(
                "{\"purl\":\"pkg:npm/left-pad@1.3.0\",\"database\":\"" + digest + "\",\"minimumMillis\":1500}");

        handler.run(context);

        assertThat(context.pauses).containsExactly(Duration.ofMillis(1_500));
    }

    @Test
    void a_package_with_hundreds_of_weaknesses_keeps_the_worst_that_fit() throws Exception {
        for (int i = 0; i < 400; i++) {
            advisory("GHSA-0000-0000-" + i, "CVE-2023-" + i, "Another overflow. ".repeat(20), "2.0." + i);
        }
        AdvisoryDatabase database = AdvisoryDatabase.load(folder);

        ActionResult result = new AuditHandler(AdvisorySets.of(database))
                .run(new FakeContext(payload("pkg:npm/left-pad@1.3.0", database.digest())));

        assertThat(json(result).length()).isBetween(32 << 10, ActionResult.MAX_RESULT_BYTES);
        assertThat(json(result)).doesNotContain("\"omitted\":0");
    }

    @Test
    void a_worker_with_a_database_says_which() {
        assertThat(handler.labels()).isEqualTo(Map.of("advisories", digest.substring(0, 12)));
    }

    private void refused(String payload, String why) throws InterruptedException {
        assertThat(handler.run(new FakeContext(payload))).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.retry()).isEqualTo(ActionResult.Retry.POINTLESS);
            assertThat(failed.error()).contains(why);
        });
    }

    private void advisory(String id, String alias, String summary, String fixed) throws IOException {
        Files.writeString(folder.resolve(id + ".json"), """
                {"schema_version":"1.7.0","id":"%s","aliases":["%s"],"modified":"2024-01-01T00:00:00Z",
                 "summary":"%s","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected":[{"package":{"ecosystem":"npm","name":"left-pad"},
                   "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"%s"}]}]}]}
                """.formatted(id, alias, summary, fixed));
    }

    private static String payload(String purl, String database) {
        return "{\"purl\":\"" + purl + "\",\"database\":\"" + database + "\"}";
    }

    private static String json(ActionResult result) {
        return result instanceof ActionResult.Done done ? done.result().text() : result.toString();
    }
}

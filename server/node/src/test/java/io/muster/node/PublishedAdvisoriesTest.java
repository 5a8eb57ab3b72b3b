package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.catalog.AdvisoryStore;
import io.muster.client.AdvisorySetDocument;
import io.muster.client.AdvisorySetRequest;
import io.muster.client.AuditDocument;
import io.muster.client.AuditRequest;
import io.muster.client.MusterClient;
import io.muster.client.ObjectTransfer.FileName;
import io.muster.objects.ObjectTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Advisories that are given to the cluster once and to none of its nodes.
@Timeout(180)
final class PublishedAdvisoriesTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /// A set with one record, which `summary` tells from others.
    private AdvisoryStore store(String summary) throws IOException {
        Path records = Files.createDirectory(folder.resolve("records-" + summary));
        Files.writeString(records.resolve("one.json"), """
                {"schema_version":"1.7.0","id":"GHSA-aaaa-bbbb-cccc","modified":"2024-01-01T00:00:00Z",
                 "summary":"%s","affected":[{"package":{"ecosystem":"npm","name":"left-pad"},
                   "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.3.1"}]}]}]}
                """.formatted(summary));
        var store = AdvisoryStore.at(folder.resolve("store-" + summary));
        store.importFrom(records, (_, _) -> {});
        return store;
    }

    private static AdvisorySetDocument publish(ThreeNodes nodes, AdvisoryStore store) throws Exception {
        Path file = store.current().orElseThrow().file();
        FileName name = FileName.of(file);
        nodes.transfer(PATIENT, 1, 2, 3).upload(file, name);
        String digest = store.currentDigest().orElseThrow().substring("sha256:".length());
        return nodes.client(1, 2, 3).publishAdvisories(new AdvisorySetRequest(digest, name.digest(), name.bytes(), 1));
    }

    private static AuditDocument audited(MusterClient client) throws InterruptedException {
        var packages = List.of("pkg:npm/left-pad@1.3.0", "pkg:npm/left-pad@1.3.1");
        var audit = client.startAudit(new AuditRequest("two", List.of(), null, null, null, packages));
        while (audit.finishedAt() == null) {
            Pause.shortly();
            audit = client.audit(audit.id());
        }
        return audit;
    }

    @Test
    void workers_fetch_the_set_that_an_audit_names() throws Exception {
        try (var nodes = ThreeNodes.started(folder, ObjectTimes.USUAL, 2)) {
            MusterClient client = nodes.client(1, 2, 3);
            var first = publish(nodes, store("first"));

            AuditDocument audit = audited(client);

            assertThat(audit.failed()).isZero();
            assertThat(audit.findings()).extracting(found -> found.id()).containsExactly("GHSA-aaaa-bbbb-cccc");
            assertThat(client.advisorySets().items()).containsExactly(first);
            assertThat(first.current()).isTrue();

            var second = publish(nodes, store("second"));
            assertThat(audited(client).failed()).isZero();
            assertThat(client.advisorySet(first.database()).current()).isFalse();
            assertThat(client.advisorySet(second.database()).current()).isTrue();
        }
    }
}

package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.client.DecisionDocument;
import io.muster.client.JobStatus;
import io.muster.client.KeyRequest;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.log.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A cluster is backed up, lost, and begun anew from its backup.
@Timeout(240)
final class RestorationTest {
    private static final SubmitJob NOOP = SubmitJob.of("noop", Bytes.utf8("{}"));

    @TempDir
    Path scratch;

    private Path old = Path.of("");
    private Path fresh = Path.of("");
    private Path backup = Path.of("");

    @BeforeEach
    void makeFolders() throws Exception {
        old = Files.createDirectory(scratch.resolve("old"));
        fresh = Files.createDirectory(scratch.resolve("new"));
        backup = scratch.resolve("nightly.muster");
    }

    /// Makes the folder of a new cluster from the backup.
    private Restoration.Done restore(int slots) throws Exception {
        var config = ConfigFile.read(LoneNode.write(fresh, slots), "");
        return new Restoration(config, InstantSource.system()).from(backup);
    }

    private Path adminKey() {
        return old.resolve("data/admin.key");
    }

    private static void backUp(LoneNode node, Path to) throws Exception {
        node.client.backup(content -> Engines.usual().receiveSnapshot(content, to));
    }

    private static String submit(LoneNode node) throws InterruptedException {
        return Objects.requireNonNull(node.client.submit(NOOP).id(), "a job that was accepted has an id");
    }

    /// Runs `count` jobs to their end.
    private static List<String> finished(LoneNode node, int count) throws InterruptedException {
        var ids = new ArrayList<String>();
        for (int left = count; left > 0; left -= 500) {
            var jobs = Collections.nCopies(Math.min(left, 500), NOOP);
            node.client.submitAll(jobs).jobs().forEach(job -> ids.add(job.id()));
        }
        for (String id : ids) {
            while (node.client.job(id).state() != JobStatus.SUCCEEDED) {
                Pause.shortly();
            }
        }
        return ids;
    }

    @Test
    void what_waited_runs_and_what_was_finished_is_known_in_the_new_cluster() throws Exception {
        List<String> finished;
        String waiting;
        try (var node = LoneNode.start(old)) {
            finished = finished(node, 600);
        }
        Files.writeString(
                old.resolve("muster.yaml"),
                Files.readString(old.resolve("muster.yaml")).replace("slots: 4", "slots: 0"));
        try (var node = LoneNode.startMade(old, adminKey())) {
            waiting = submit(node);
            backUp(node, backup);
        }

        var done = restore(NodeConfig.Work.DEFAULT_SLOTS);

        assertThat(done.blocks()).isPositive();
        assertThat(done.missingBlocks()).isZero();
        try (var node = LoneNode.startMade(fresh, adminKey())) {
            for (String id : List.of(finished.getFirst(), finished.getLast())) {
                assertThat(node.client.job(id).state()).isEqualTo(JobStatus.SUCCEEDED);
            }
            while (node.client.job(waiting).state() != JobStatus.SUCCEEDED) {
                Pause.shortly();
            }
        }
    }

    @Test
    void nothing_of_the_new_cluster_has_a_name_that_the_old_one_gave() throws Exception {
        String lineage;
        String cluster;
        String lost;
        try (var node = LoneNode.start(old)) {
            backUp(node, backup);
            lost = finished(node, 50).getLast();
            lineage = node.client.cluster().lineage();
            cluster = node.client.cluster().cluster();
        }

        restore(NodeConfig.Work.DEFAULT_SLOTS);

        try (var node = LoneNode.startMade(fresh, adminKey())) {
            String first = finished(node, 1).getFirst();
            assertThat(first).isGreaterThan(lost);
            assertThat(node.client.cluster().lineage()).isNotEqualTo(lineage);
            assertThat(node.client.cluster().cluster()).isNotEqualTo(cluster);
        }
    }

    @Test
    void keys_open_what_they_opened_and_the_restoration_is_on_record() throws Exception {
        try (var node = LoneNode.startVoter(old)) {
            node.client.createKey(new KeyRequest("ada", "viewer", null));
            backUp(node, backup);
        }

        restore(0);

        try (var node = LoneNode.startMade(fresh, adminKey())) {
            assertThat(node.client.keys().items()).anyMatch(key -> key.name().equals("ada"));
            assertThat(node.client.decisions(100, "").items())
                    .extracting(DecisionDocument::action)
                    .contains("cluster.restored");
        }
    }

    @Test
    void a_backup_leaves_nothing_in_the_data_folder() throws Exception {
        try (var node = LoneNode.startVoter(old)) {
            backUp(node, backup);
            backUp(node, scratch.resolve("again.muster"));
        }

        try (var files = Files.list(old.resolve("data"))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("backup-"));
        }
    }

    @Test
    void a_damaged_backup_is_refused_before_anything_is_made() throws Exception {
        try (var node = LoneNode.startVoter(old)) {
            backUp(node, backup);
        }
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        Files.write(backup, bytes);

        assertThatThrownBy(() -> restore(0)).isInstanceOf(EngineException.class).hasMessageContaining("is damaged");
        assertThat(fresh.resolve("data")).doesNotExist();
    }

    @Test
    void a_folder_that_holds_a_log_is_not_restored_into() throws Exception {
        try (var node = LoneNode.startVoter(old)) {
            backUp(node, backup);
        }
        restore(0);

        assertThatThrownBy(() -> restore(0))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a new cluster begins in a folder without one");
    }
}

package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.node.LoneNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster queue`, and the record of decisions in which its acts stand, against a node.
@Timeout(120)
final class QueueCommandGroupTest {
    @TempDir
    Path folder;

    private LoneNode node;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        node = LoneNode.startVoter(folder);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void a_configured_queue_is_listed_as_it_is_served() {
        Typed configured = muster("queue", "configure", "nightly", "--weight", "20", "--paused");
        assertThat(configured.code()).as(configured.err()).isZero();
        assertThat(configured.out())
                .contains("nightly  weight 20, leader works ")
                .contains(", paused");

        Typed listed = muster("queue", "list");

        assertThat(listed.code()).isZero();
        assertThat(listed.out()).containsPattern("nightly +0 +0 +- +20 +\\w+ +yes");
    }

    @Test
    void what_is_left_out_is_as_for_a_queue_that_nobody_configured() {
        muster("queue", "configure", "nightly", "--weight", "20", "--paused");

        Typed again = muster("queue", "configure", "nightly");

        assertThat(again.out()).contains("weight 1,").doesNotContain("paused");
    }

    @Test
    void a_weight_out_of_bounds_is_refused_in_words() {
        Typed refused = muster("queue", "configure", "nightly", "--weight", "0");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("weight");
    }

    @Test
    void a_decision_is_listed_with_who_took_it() {
        muster("queue", "configure", "nightly", "--weight", "20");

        Typed listed = muster("decision", "list", "--limit", "1");

        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.lines().get(1))
                .contains("admin")
                .contains("jobs.configure-queue")
                .contains("allowed");
        assertThat(listed.lines().getLast()).matches("head [0-9a-f]{64}");
    }

    private Typed muster(String... words) {
        return Typed.at(node, folder, words);
    }
}

package io.muster.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.catalog.AdvisoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchedSetsTest {
    @TempDir
    private Path folder;

    private final Map<String, Path> published = new TreeMap<>();
    private final List<String> fetched = new ArrayList<>();

    private String publish(String id) throws IOException {
        Path records = Files.createDirectory(folder.resolve("records-" + id));
        Files.writeString(records.resolve("one.json"), """
                {"schema_version":"1.7.0","id":"%s","modified":"2024-01-01T00:00:00Z",
                 "affected":[{"package":{"ecosystem":"npm","name":"left-pad"},
                   "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}
                """.formatted(id));
        var store = AdvisoryStore.at(folder.resolve("store-" + id));
        store.importFrom(records, (_, _) -> {});
        var snapshot = store.current().orElseThrow();
        String digest = AdvisorySets.bare(snapshot.digest());
        published.put(digest, snapshot.file());
        return digest;
    }

    private Optional<String> fetch(String digest, Path to) {
        fetched.add(digest);
        Path file = published.get(digest);
        if (file == null) {
            return Optional.of("nobody has it");
        }
        try {
            Files.copy(file, to);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FetchedSets sets() {
        return new FetchedSets(null, folder.resolve("kept"), this::fetch);
    }

    private static AdvisorySets.Answer<Integer> count(FetchedSets sets, String digest) throws InterruptedException {
        return sets.with(digest, AdvisoryDatabase::recordCount);
    }

    @Test
    void a_set_is_fetched_once_and_kept_over_a_start() throws Exception {
        String digest = publish("GHSA-1");
        for (int start = 0; start < 2; start++) {
            try (var sets = sets()) {
                assertThat(count(sets, digest)).isEqualTo(new AdvisorySets.Answer.Of<>(1));
                assertThat(count(sets, digest)).isEqualTo(new AdvisorySets.Answer.Of<>(1));
            }
        }
        assertThat(fetched).containsExactly(digest);
    }

    @Test
    void a_set_that_nobody_has_is_missing_with_the_reason() throws Exception {
        try (var sets = sets()) {
            assertThat(count(sets, "0".repeat(64))).isEqualTo(new AdvisorySets.Answer.Missing<>("nobody has it"));
            assertThat(count(sets, "no digest")).isInstanceOf(AdvisorySets.Answer.Missing.class);
        }
    }

    @Test
    void a_file_that_is_another_set_is_not_asked() throws Exception {
        String wanted = publish("GHSA-1");
        published.put(wanted, published.get(publish("GHSA-2")));
        try (var sets = sets()) {
            assertThat(count(sets, wanted))
                    .isInstanceOfSatisfying(
                            AdvisorySets.Answer.Missing.class,
                            missing -> assertThat(missing.reason()).contains("and not " + wanted));
        }
    }

    @Test
    void only_the_last_sets_that_no_run_asks_stay() throws Exception {
        var digests = List.of(publish("GHSA-1"), publish("GHSA-2"), publish("GHSA-3"), publish("GHSA-4"));
        try (var sets = sets()) {
            for (String digest : digests) {
                count(sets, digest);
            }
        }
        try (var kept = Files.list(folder.resolve("kept"))) {
            assertThat(kept.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(digests.get(2) + ".advisories", digests.get(3) + ".advisories");
        }
    }

    @Test
    void what_earlier_starts_have_left_goes_when_newer_sets_come() throws Exception {
        for (int start = 0; start < 5; start++) {
            String digest = publish("GHSA-" + start);
            try (var sets = sets()) {
                count(sets, digest);
            }
        }
        try (var kept = Files.list(folder.resolve("kept"))) {
            assertThat(kept.count()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void a_worker_that_fetches_says_so() {
        try (var sets = sets()) {
            assertThat(sets.labels()).isEqualTo(Map.of("advisories-fetched", "yes"));
        }
    }
}

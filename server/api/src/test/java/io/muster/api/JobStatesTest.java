package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.JobStatus;
import io.muster.jobs.JobCommand.BulkAct;
import io.muster.jobs.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Every place outside the ledger that lists the states of jobs, beside the table in [JobState.Kind].
final class JobStatesTest {
    private static final Pattern ROW =
            Pattern.compile("^  (\\w+): \\{ group: \"\\w+\".* verbs: \\[(.*)] },$", Pattern.MULTILINE);

    @Test
    void the_client_knows_every_state_by_its_name() {
        assertThat(Stream.of(JobStatus.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Stream.of(JobState.Kind.values()).map(Enum::name).toList());
    }

    @Test
    void the_client_knows_which_states_are_live() {
        for (JobState.Kind kind : JobState.Kind.values()) {
            assertThat(JobViews.state(kind).isLive()).as(kind.name()).isEqualTo(kind.isLive());
        }
    }

    @Test
    void the_description_of_the_api_lists_every_state() {
        var schema = JsonMapper.shared().readTree(text("openapi/jobs.json")).at("/components/schemas/JobStatus/enum");

        assertThat(schema.valueStream().map(each -> each.asString())).containsExactlyElementsOf(words());
    }

    @Test
    void the_description_of_the_api_says_what_a_listing_can_be_asked_for() {
        assertThat(text("openapi/jobs.json"))
                .contains("One or more of " + JobSelection.words(EnumSet.allOf(JobState.Kind.class)) + ", with commas");
    }

    @Test
    void the_dashboard_knows_every_state() {
        assertThat(dashboard().keySet()).containsExactlyInAnyOrderElementsOf(words());
    }

    @Test
    void the_dashboard_offers_what_can_be_done_to_a_job() {
        Map<String, List<BulkAct>> offered = dashboard();
        for (JobState.Kind kind : JobState.Kind.values()) {
            var allowed = Stream.of(BulkAct.values()).filter(kind::allows).toList();

            assertThat(offered.get(JobViews.state(kind).word())).as(kind.name()).isEqualTo(allowed);
        }
    }

    private static List<String> words() {
        return Stream.of(JobStatus.values()).map(JobStatus::word).toList();
    }

    /// The rows of the dashboard's table: what it offers to do to a job in each state.
    private static Map<String, List<BulkAct>> dashboard() {
        var rows = new HashMap<String, List<BulkAct>>();
        ROW.matcher(text("dashboard/states.js")).results().forEach(row -> {
            var verbs = new ArrayList<BulkAct>();
            for (String verb : row.group(2).replace("\"", "").split(", ", -1)) {
                if (!verb.isEmpty()) {
                    verbs.add(BulkAct.valueOf(verb.toUpperCase(Locale.ROOT)));
                }
            }
            rows.put(row.group(1), verbs);
        });
        return rows;
    }

    private static String text(String resource) {
        try (InputStream in = ApiServer.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

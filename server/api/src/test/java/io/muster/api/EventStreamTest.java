package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
    private static final String NOOP = "{\"type\":\"noop\"}";

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client operator = node.client(Role.OPERATOR);
    private final String key = node.cluster.grant(Role.VIEWER, "");

    @Test
    void what_happens_to_a_job_is_told_as_it_happens() throws Exception {
        try (var stream = new Stream("", "")) {
            operator.post("/v1/jobs", NOOP);

            List<String> event = stream.next();
            assertThat(event.get(0)).matches("id: 0-\\d+\\.\\d+");
            assertThat(event.get(1)).isEqualTo("event: job.submitted");
            assertThat(event.get(2))
                    .startsWith("data: {")
                    .contains("\"job\":\"job-")
                    .contains("\"state\":\"queued\"");
        }
    }

    @Test
    void a_stream_resumes_behind_the_last_event_seen_and_repeats_and_misses_none() throws Exception {
        String seen;
        try (var stream = new Stream("", "")) {
            operator.post("/v1/jobs", NOOP);
            seen = stream.next().get(0).substring("id: ".length());
            operator.post("/v1/jobs", NOOP);
            stream.next();
        }

        try (var resumed = new Stream("", seen)) {
            String next = resumed.next().get(0);
            assertThat(EventId.parse(next.substring("id: ".length()))).isGreaterThan(EventId.parse(seen));
            operator.post("/v1/jobs", NOOP);
            assertThat(resumed.next().get(0)).isNotEqualTo(next);
        }
    }

    @Test
    void a_stream_that_cannot_resume_says_so_first() throws Exception {
        try (var stream = new Stream("", "0-1.0")) {
            assertThat(stream.next()).containsExactly("event: reset", "data: {}");
        }
    }

    @Test
    void a_page_can_ask_for_no_more_than_which_kinds_of_things_changed() throws Exception {
        try (var stream = new Stream("?view=changes", "")) {
            operator.post("/v1/jobs", NOOP);

            assertThat(stream.next()).contains("event: changed", "data: {\"kinds\":[\"jobs\"]}");
        }
    }

    @Test
    void a_stream_asked_for_wrongly_is_refused() throws Exception {
        var viewer = node.stranger().with("X-API-Key", key);

        assertThat(viewer.get("/v1/events?view=some").statusCode()).isEqualTo(400);
        assertThat(viewer.with("Last-Event-ID", "yesterday").get("/v1/events").statusCode())
                .isEqualTo(400);
    }

    @Test
    void stopping_the_server_ends_its_streams() throws Exception {
        try (var stream = new Stream("", "")) {
            node.server.close();

            assertThat(stream.rest()).isEmpty();
        }
    }

    /// A reader of server-sent events.
    private final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(String query, String lastId) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(node.address().resolve("/v1/events" + query))
                    .header("X-API-Key", key);
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            assertThat(next()).containsExactly("retry: 1000");
        }

        /// The lines of the next event.
        List<String> next() throws IOException {
            var event = new ArrayList<String>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                event.add(line);
            }
            return event;
        }

        List<String> rest() {
            return lines.lines().toList();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}

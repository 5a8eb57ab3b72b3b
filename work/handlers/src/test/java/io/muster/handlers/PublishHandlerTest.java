package io.muster.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.worker.ActionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What leaves the cluster is fenced: whoever is late is refused by the resource itself.
final class PublishHandlerTest {
    private static final String EARLIER = "0000000000000003-00000000002a-000000";
    private static final String LATER = "0000000000000004-00000000002b-000000";

    @TempDir
    private Path folder;

    private PublishHandler handler;

    @BeforeEach
    void make() {
        handler = new PublishHandler(folder.resolve("shared"));
    }

    @Test
    void the_text_stands_in_the_file() throws IOException {
        assertThat(publish("first", EARLIER)).isEqualTo(ActionResult.done("{}"));

        assertThat(published()).isEqualTo("first");
    }

    @Test
    void a_later_claim_writes_over_an_earlier_one() throws IOException {
        publish("first", EARLIER);

        assertThat(publish("second", LATER)).isEqualTo(ActionResult.done("{}"));
        assertThat(published()).isEqualTo("second");
    }

    @Test
    void a_late_run_of_an_earlier_claim_is_refused() throws IOException {
        publish("second", LATER);

        var late = publish("first", EARLIER);

        assertThat(late)
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.error()).contains(EARLIER).contains(LATER));
        assertThat(published()).isEqualTo("second");
    }

    @Test
    void a_late_run_is_refused_by_another_process_too() throws IOException {
        publish("second", LATER);
        handler = new PublishHandler(folder.resolve("shared"));

        assertThat(publish("first", EARLIER)).isInstanceOf(ActionResult.Failed.class);
        assertThat(published()).isEqualTo("second");
    }

    @Test
    void a_run_may_write_twice() throws IOException {
        publish("first", EARLIER);

        assertThat(publish("again", EARLIER)).isEqualTo(ActionResult.done("{}"));
        assertThat(published()).isEqualTo("again");
    }

    @Test
    void a_name_that_leads_out_of_the_folder_is_refused_for_good() {
        for (String name : new String[] {"../status.txt", "/etc/passwd", ".lock", "a/b", ""}) {
            var result = handler.run(new FakeContext("{\"name\":\"" + name + "\",\"text\":\"\"}"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ActionResult.Failed.class,
                            failed -> assertThat(failed.retry()).isEqualTo(ActionResult.Retry.POINTLESS));
        }
    }

    private ActionResult publish(String text, String fence) {
        return handler.run(new FakeContext("{\"name\":\"status.txt\",\"text\":\"" + text + "\"}").under(fence));
    }

    private String published() throws IOException {
        return Files.readString(folder.resolve("shared/status.txt"));
    }
}

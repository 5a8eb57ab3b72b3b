package io.muster.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.worker.ActionResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepHandlerTest {
    private final SleepHandler handler = new SleepHandler();

    @Test
    void it_sleeps_as_long_as_it_is_told() throws Exception {
        FakeContext context = new FakeContext("{\"millis\":250}");

        ActionResult result = handler.run(context);

        assertThat(context.pauses).containsExactly(Duration.ofMillis(250));
        assertThat(context.checkpoints).isEmpty();
        assertThat(result).isEqualTo(ActionResult.done("{\"sleptMillis\":250,\"resumedAtMillis\":0}"));
    }

    @Test
    void it_saves_its_progress_as_often_as_it_is_told() throws Exception {
        FakeContext context = new FakeContext("{\"millis\":250,\"checkpointMillis\":100}");

        handler.run(context);

        assertThat(context.checkpoints).containsExactly("{\"millis\":100}", "{\"millis\":200}", "{\"millis\":250}");
    }

    @Test
    void a_later_attempt_sleeps_only_what_is_left() throws Exception {
        FakeContext context = new FakeContext("{\"millis\":250,\"checkpointMillis\":100}").after("{\"millis\":200}");

        ActionResult result = handler.run(context);

        assertThat(context.pauses).containsExactly(Duration.ofMillis(50));
        assertThat(result).isEqualTo(ActionResult.done("{\"sleptMillis\":50,\"resumedAtMillis\":200}"));
    }

    @Test
    void it_wakes_when_it_is_cancelled() {
        FakeContext context = new FakeContext("{\"millis\":250,\"checkpointMillis\":100}").cancelledInPause(2);

        assertThatThrownBy(() -> handler.run(context)).isInstanceOf(InterruptedException.class);
        assertThat(context.checkpoints).containsExactly("{\"millis\":100}");
    }

    @Test
    void a_sleep_that_cannot_be_is_refused_for_good() throws Exception {
        for (String payload : new String[] {"{\"millis\":-1}", "{\"millis\":3600001}", "{\"mills\":5}", "7", ""}) {
            assertThat(handler.run(new FakeContext(payload)))
                    .isInstanceOfSatisfying(
                            ActionResult.Failed.class,
                            failed -> assertThat(failed.retry()).isEqualTo(ActionResult.Retry.POINTLESS));
        }
    }
}

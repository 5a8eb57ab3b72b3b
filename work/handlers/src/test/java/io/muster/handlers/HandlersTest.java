package io.muster.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.Handlers;
import io.muster.worker.JobContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlersTest {
    @Test
    void a_worker_offers_what_its_handlers_say_of_themselves() {
        Handlers handlers = new Handlers(List.of(new NoopHandler(), new Unfenced()));

        assertThat(handlers.types()).containsExactly("noop", "unfenced");
        assertThat(handlers.stoppedOnLapse()).containsExactly("unfenced");
        assertThat(handlers.labels()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(handlers.handler("noop")).containsInstanceOf(NoopHandler.class);
        assertThat(handlers.handler("other")).isEmpty();
    }

    @Test
    void two_handlers_for_one_type_are_refused() {
        assertThatThrownBy(() -> new Handlers(List.of(new NoopHandler(), new NoopHandler())))
                .hasMessageContaining("'noop'");
    }

    @Test
    void doing_nothing_is_answered_with_an_empty_object() {
        assertThat(new NoopHandler().run(new FakeContext("[1]"))).isEqualTo(ActionResult.done("{}"));
    }

    private static final class Unfenced implements Handler {
        @Override
        public String type() {
            return "unfenced";
        }

        @Override
        public OnLapse onLapse() {
            return OnLapse.STOP;
        }

        @Override
        public Map<String, String> labels() {
            return Map.of("disk", "ssd");
        }

        @Override
        public ActionResult run(JobContext context) {
            return ActionResult.done("1");
        }
    }
}

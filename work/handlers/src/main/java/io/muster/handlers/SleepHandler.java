package io.muster.handlers;

import io.muster.encoding.Bytes;
import io.muster.worker.ActionResult;
import io.muster.worker.Handler;
import io.muster.worker.JobContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Takes as long as it is told, for measurements and demonstrations: `{"millis": 500,
/// "checkpointMillis": 100}`.
///
/// With `checkpointMillis` it saves its progress that often, and a later attempt sleeps only what is left. It answers
/// `{"sleptMillis": …, "resumedAtMillis": …}`: how much this attempt slept, and what it found done already. With
/// `"print": "text"`, and `"times": 1000`, it prints before it ends.
public final class SleepHandler implements Handler {
    /// An hour: longer work should not hold a slot by doing nothing.
    static final long MAX_MILLIS = 3_600_000;

    /// More lines than this are no demonstration.
    static final int MAX_TIMES = 10_000_000;

    /// @param checkpointMillis how often to save; 0 for never
    /// @param print what to print when it has slept; null for nothing
    /// @param times how often to print it; 0 for once
    record Payload(
            long millis, long checkpointMillis, @Nullable String print, int times) {
        Payload {
            if (times < 0 || times > MAX_TIMES) {
                throw new IllegalArgumentException("cannot print " + times + " times: choose 0 to " + MAX_TIMES);
            }
            if (millis < 0 || millis > MAX_MILLIS || checkpointMillis < 0) {
                throw new IllegalArgumentException("cannot sleep " + millis + " ms with a checkpoint every "
                        + checkpointMillis + " ms: choose 0 to " + MAX_MILLIS + ", and no negative step");
            }
        }
    }

    /// What is saved for a later attempt.
    record SleepCheckpoint(long millis) {}

    record Result(long sleptMillis, long resumedAtMillis) {}

    @Override
    public String type() {
        return "sleep";
    }

    @Override
    public ActionResult run(JobContext context) throws InterruptedException {
        return switch (PayloadReading.of(context.payload(), Payload.class)) {
            case PayloadReading.Unreadable<Payload>(String why) ->
                ActionResult.hopeless("cannot read the sleep: " + why);
            case PayloadReading.Read<Payload>(Payload payload) -> sleep(payload, context);
        };
    }

    private static ActionResult sleep(Payload payload, JobContext context) throws InterruptedException {
        long resumedAt = Math.min(payload.millis(), progress(context.lastCheckpoint()));
        long step = payload.checkpointMillis() == 0 ? payload.millis() : payload.checkpointMillis();
        long slept = resumedAt;
        while (slept < payload.millis()) {
            long next = Math.min(step, payload.millis() - slept);
            context.pause(Duration.ofMillis(next));
            slept += next;
            if (payload.checkpointMillis() > 0) {
                context.checkpoint(PayloadReading.write(new SleepCheckpoint(slept)));
            }
        }
        for (int i = 0; payload.print() != null && i < Math.max(1, payload.times()); i++) {
            context.print(payload.print());
        }
        return new ActionResult.Done(PayloadReading.write(new Result(slept - resumedAt, resumedAt)));
    }

    /// A checkpoint that cannot be read costs the sleep that it stood for, and nothing else.
    private static long progress(Bytes checkpoint) {
        if (checkpoint.isEmpty()) {
            return 0;
        }
        return switch (PayloadReading.of(checkpoint, SleepCheckpoint.class)) {
            case PayloadReading.Read<SleepCheckpoint>(SleepCheckpoint progress) -> Math.max(0, progress.millis());
            case PayloadReading.Unreadable<SleepCheckpoint> _ -> 0;
        };
    }
}

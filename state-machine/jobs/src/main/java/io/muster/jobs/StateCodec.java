package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;

/// The stored form of any [JobState]: a tag and what the state carries. Tags 7 and 8 are set aside for jobs that wait
/// for others and for parked ones.
final class StateCodec {
    private static final int SUCCEEDED = 1;
    private static final int DEAD = 2;
    private static final int CANCELLED = 3;
    private static final int SCHEDULED = 4;
    private static final int QUEUED = 5;
    private static final int CLAIMED = 6;

    private static final EnumCodec<JobState.Delay> DELAYS = EnumCodec.of(JobState.Delay.ASKED, JobState.Delay.RETRY);
    private static final EnumCodec<JobState.DeathReason> REASONS = EnumCodec.of(
            JobState.DeathReason.ATTEMPTS_EXHAUSTED,
            JobState.DeathReason.NOT_RETRYABLE,
            JobState.DeathReason.LOST_TOO_OFTEN);

    private StateCodec() {}

    static void write(BinaryWriter writer, JobState state) {
        switch (state) {
            case JobState.Scheduled(var until, var why) ->
                DELAYS.write(writer.u8(SCHEDULED).varint(until), why);
            case JobState.Queued(var since) -> writer.u8(QUEUED).varint(since);
            case JobState.Claimed(var claim) -> writeClaim(writer.u8(CLAIMED), claim);
            case JobState.Succeeded(var result) -> writer.u8(SUCCEEDED).blob(result);
            case JobState.Dead(var reason, var message) -> {
                REASONS.write(writer.u8(DEAD), reason);
                writer.text(message);
            }
            case JobState.Cancelled() -> writer.u8(CANCELLED);
        }
    }

    static JobState read(BinaryReader reader) {
        int tag = reader.u8();
        return switch (tag) {
            case SCHEDULED -> new JobState.Scheduled(reader.varint(), DELAYS.read(reader));
            case QUEUED -> new JobState.Queued(reader.varint());
            case CLAIMED -> new JobState.Claimed(readClaim(reader));
            case SUCCEEDED -> new JobState.Succeeded(reader.bytes(JobLimits.MAX_RESULT_BYTES));
            case DEAD -> new JobState.Dead(REASONS.read(reader), reader.text(JobLimits.MAX_MESSAGE_BYTES));
            case CANCELLED -> new JobState.Cancelled();
            default -> throw new MalformedException("no job is in a state with tag " + tag);
        };
    }

    private static void writeClaim(BinaryWriter writer, Claim claim) {
        writer.text(claim.worker().value()).i64(claim.incarnation()).varint(claim.attempt());
        HistoryCodec.writeFence(writer, claim.fence());
        writer.varint(claim.sinceMicros()).varint(claim.deadlineElapsedMicros()).blob(claim.checkpoint());
    }

    private static Claim readClaim(BinaryReader reader) {
        return new Claim(
                WorkCodec.readWorker(reader),
                reader.i64(),
                reader.count(Integer.MAX_VALUE),
                HistoryCodec.readFence(reader),
                reader.varint(),
                reader.varint(),
                reader.bytes(JobLimits.MAX_CHECKPOINT_BYTES));
    }
}

package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;

/// The stored form of any [JobState]: the number of its [JobState.Kind] and what the state carries.
final class StateCodec {
    private static final EnumCodec<JobState.Delay> DELAYS = EnumCodec.of(JobState.Delay.ASKED, JobState.Delay.RETRY);
    private static final EnumCodec<JobState.DeathReason> REASONS = EnumCodec.of(
            JobState.DeathReason.ATTEMPTS_EXHAUSTED,
            JobState.DeathReason.NOT_RETRYABLE,
            JobState.DeathReason.LOST_TOO_OFTEN);

    /// What stands in a stored filter where others have a state's number.
    private static final int ANY_STATE = 0;

    private StateCodec() {}

    static void write(BinaryWriter writer, JobState state) {
        writer.u8(state.kind().storedNumber);
        switch (state) {
            case JobState.Scheduled(var until, var why) -> DELAYS.write(writer.varint(until), why);
            case JobState.Queued(var since) -> writer.varint(since);
            case JobState.Claimed(var claim) -> writeClaim(writer, claim);
            case JobState.Succeeded(var result) -> writer.blob(result);
            case JobState.Dead(var reason, var message) -> {
                REASONS.write(writer, reason);
                writer.text(message);
            }
            case JobState.Cancelled() -> {
                // it carries nothing
            }
        }
    }

    static JobState read(BinaryReader reader) {
        return switch (JobState.Kind.ofStoredNumber(reader.u8())) {
            case SCHEDULED -> new JobState.Scheduled(reader.varint(), DELAYS.read(reader));
            case QUEUED -> new JobState.Queued(reader.varint());
            case CLAIMED -> new JobState.Claimed(readClaim(reader));
            case SUCCEEDED -> new JobState.Succeeded(reader.bytes(JobLimits.MAX_RESULT_BYTES));
            case DEAD -> new JobState.Dead(REASONS.read(reader), reader.text(JobLimits.MAX_MESSAGE_BYTES));
            case CANCELLED -> new JobState.Cancelled();
        };
    }

    static JobState.InLedger readInLedger(BinaryReader reader) {
        JobState state = read(reader);
        if (state instanceof JobState.InLedger held) {
            return held;
        }
        throw new MalformedException("a job that is " + state.kind() + " has no place in the ledger");
    }

    static JobState.Finished readFinished(BinaryReader reader) {
        JobState state = read(reader);
        if (state instanceof JobState.Finished finished) {
            return finished;
        }
        throw new MalformedException("a job that is " + state.kind() + " has no place in the history");
    }

    static void writeScope(BinaryWriter writer, JobFilter.Scope scope) {
        switch (scope) {
            case JobFilter.Scope.All() -> writer.u8(ANY_STATE);
            case JobFilter.Scope.Only(var kind) -> writer.u8(kind.filterNumber);
        }
    }

    static JobFilter.Scope readScope(BinaryReader reader) {
        int number = reader.u8();
        return number == ANY_STATE ? JobFilter.Scope.all() : JobFilter.Scope.of(JobState.Kind.ofFilterNumber(number));
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

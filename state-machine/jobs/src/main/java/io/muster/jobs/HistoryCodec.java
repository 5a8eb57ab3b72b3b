package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.FencingToken;
import java.util.ArrayList;
import java.util.List;

/// The stored form of finished jobs. A block's body is its version byte and its jobs one after the other.
final class HistoryCodec {
    static final int VERSION = 1;

    private HistoryCodec() {}

    static void write(BinaryWriter writer, FinishedJob job) {
        writer.i64(job.id().value());
        SpecCodec.write(writer, job.spec());
        StateCodec.write(writer, job.state());
        writer.varint(job.submittedMicros());
        writeTries(writer, job.tries());
        writeLastRun(writer, job.lastRun());
        writer.varint(job.finishedIndex()).varint(job.finishedMicros());
    }

    static FinishedJob read(BinaryReader reader) {
        return new FinishedJob(
                WorkCodec.readJob(reader),
                SpecCodec.read(reader),
                StateCodec.readFinished(reader),
                reader.varint(),
                readTries(reader),
                readLastRun(reader),
                reader.varint(),
                reader.varint());
    }

    static List<FinishedJob> readBody(Bytes body, int count) {
        var reader = BinaryReader.over(body.array());
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException("a history block of version " + version + " is not known here");
        }
        var jobs = new ArrayList<FinishedJob>(Math.min(count, JobLimits.MAX_BLOCK_JOBS));
        for (int i = 0; i < count; i++) {
            jobs.add(read(reader));
        }
        reader.end();
        return jobs;
    }

    static void writeTries(BinaryWriter writer, JobView.Tries tries) {
        writer.varint(tries.claims())
                .varint(tries.failures())
                .varint(tries.losses())
                .text(tries.lastError());
    }

    static JobView.Tries readTries(BinaryReader reader) {
        return new JobView.Tries(
                reader.count(Integer.MAX_VALUE),
                reader.count(Integer.MAX_VALUE),
                reader.count(Integer.MAX_VALUE),
                reader.text(JobLimits.MAX_MESSAGE_BYTES));
    }

    static void writeLastRun(BinaryWriter writer, LastRun lastRun) {
        switch (lastRun) {
            case LastRun.None() -> writer.flag(false);
            case LastRun.By(var worker, var attempt, var fence, var since) -> {
                writer.flag(true).text(worker.value()).varint(attempt);
                writeFence(writer, fence);
                writer.varint(since);
            }
        }
    }

    static LastRun readLastRun(BinaryReader reader) {
        return reader.flag()
                ? new LastRun.By(
                        WorkCodec.readWorker(reader),
                        reader.count(Integer.MAX_VALUE),
                        readFence(reader),
                        reader.varint())
                : new LastRun.None();
    }

    static void writeFence(BinaryWriter writer, FencingToken fence) {
        writer.varint(fence.term()).varint(fence.index()).varint(fence.ordinal());
    }

    static FencingToken readFence(BinaryReader reader) {
        return new FencingToken(reader.varint(), reader.varint(), reader.count(Integer.MAX_VALUE));
    }
}

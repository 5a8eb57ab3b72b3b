package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.NodeId;
import java.util.ArrayList;

/// The stored form of what workers say: offers, results and checkpoints.
final class WorkCodec {
    private static final int MAX_NODE_ID_BYTES = 63;
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int RELEASE = 2;

    private static final EnumCodec<Capacity.Intake> INTAKES =
            EnumCodec.of(Capacity.Intake.OPEN, Capacity.Intake.DRAINING);
    private static final EnumCodec<RunEnding.RetryAdvice> ADVICE =
            EnumCodec.of(RunEnding.RetryAdvice.RETRY, RunEnding.RetryAdvice.GIVE_UP);

    /// A report's worker, incarnation and two counts take no more.
    static final int REPORT_OVERHEAD_BYTES = MAX_NODE_ID_BYTES + 32;

    /// A job, an attempt, a tag and a length take no more.
    private static final int ITEM_OVERHEAD_BYTES = 32;

    /// A character of text takes no more in UTF-8.
    private static final int BYTES_PER_CHARACTER = 3;

    private WorkCodec() {}

    /// No result takes more in a report than this.
    static int mostBytes(WorkResult result) {
        return ITEM_OVERHEAD_BYTES
                + switch (result.ending()) {
                    case RunEnding.Success(var content) -> content.size();
                    case RunEnding.Failure(var message, var _) -> message.length() * BYTES_PER_CHARACTER;
                    case RunEnding.Released() -> 0;
                };
    }

    /// No checkpoint takes more in a report than this.
    static int mostBytes(Checkpoint checkpoint) {
        return ITEM_OVERHEAD_BYTES + checkpoint.content().size();
    }

    static void writeCapacity(BinaryWriter writer, Capacity capacity) {
        writer.varint(capacity.slots());
        SpecCodec.writeLabels(writer, capacity.labels());
        writer.varint(capacity.handlers().size());
        for (String handler : capacity.handlers()) {
            writer.text(handler);
        }
        INTAKES.write(writer, capacity.intake());
    }

    static Capacity readCapacity(BinaryReader reader) {
        int slots = reader.count(JobLimits.MAX_SLOTS);
        Labels labels = SpecCodec.readLabels(reader);
        int count = reader.count(JobLimits.MAX_HANDLERS);
        var handlers = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            handlers.add(reader.text(JobLimits.MAX_NAME));
        }
        return new Capacity(slots, labels, handlers, INTAKES.read(reader));
    }

    static void writeReport(BinaryWriter writer, JobCommand.ReportWork report) {
        writer.text(report.worker().value()).i64(report.incarnation());
        writer.varint(report.results().size());
        for (WorkResult result : report.results()) {
            writer.i64(result.job().value()).varint(result.attempt());
            writeEnding(writer, result.ending());
        }
        writer.varint(report.checkpoints().size());
        for (Checkpoint checkpoint : report.checkpoints()) {
            writer.i64(checkpoint.job().value()).varint(checkpoint.attempt()).blob(checkpoint.content());
        }
    }

    static JobCommand.ReportWork readReport(BinaryReader reader) {
        NodeId worker = readWorker(reader);
        long incarnation = reader.i64();
        int resultCount = reader.count(JobLimits.MAX_REPORT);
        var results = new ArrayList<WorkResult>(resultCount);
        for (int i = 0; i < resultCount; i++) {
            results.add(new WorkResult(readJob(reader), reader.count(Integer.MAX_VALUE), readEnding(reader)));
        }
        int checkpointCount = reader.count(JobLimits.MAX_REPORT);
        var checkpoints = new ArrayList<Checkpoint>(checkpointCount);
        for (int i = 0; i < checkpointCount; i++) {
            checkpoints.add(new Checkpoint(
                    readJob(reader), reader.count(Integer.MAX_VALUE), reader.bytes(JobLimits.MAX_CHECKPOINT_BYTES)));
        }
        return new JobCommand.ReportWork(worker, incarnation, results, checkpoints);
    }

    static NodeId readWorker(BinaryReader reader) {
        return new NodeId(reader.text(MAX_NODE_ID_BYTES));
    }

    static JobId readJob(BinaryReader reader) {
        return new JobId(reader.i64());
    }

    private static void writeEnding(BinaryWriter writer, RunEnding ending) {
        switch (ending) {
            case RunEnding.Success(var result) -> writer.u8(SUCCESS).blob(result);
            case RunEnding.Failure(var message, var advice) ->
                ADVICE.write(writer.u8(FAILURE).text(message), advice);
            case RunEnding.Released() -> writer.u8(RELEASE);
        }
    }

    private static RunEnding readEnding(BinaryReader reader) {
        int tag = reader.u8();
        return switch (tag) {
            case SUCCESS -> new RunEnding.Success(reader.bytes(JobLimits.MAX_RESULT_BYTES));
            case FAILURE -> new RunEnding.Failure(reader.text(JobLimits.MAX_MESSAGE_BYTES), ADVICE.read(reader));
            case RELEASE -> new RunEnding.Released();
            default -> throw new MalformedException("a run cannot end with tag " + tag);
        };
    }
}

package io.muster.jobs;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes the indexes chunk by chunk. What can be derived (lanes, buckets, claims of workers, counts) is not written.
final class JobSnapshotWriter {
    static final EnumCodec<WorkerState> STATES =
            EnumCodec.of(WorkerState.ACTIVE, WorkerState.SUSPENDED, WorkerState.LOST, WorkerState.LEFT);

    /// Where the number of records stands in a chunk: after version and part.
    private static final int COUNT_AT = 2;

    private final JobIndexes indexes;
    private final Consumer<Bytes> sink;
    private final BinaryWriter writer = new BinaryWriter(1 << 12);

    JobSnapshotWriter(JobIndexes indexes, Consumer<Bytes> sink) {
        this.indexes = indexes;
        this.sink = sink;
    }

    void write() {
        part(JobSnapshot.ChunkKind.HEAD, List.of(indexes), JobSnapshotWriter::writeHead);
        part(JobSnapshot.ChunkKind.QUEUES, indexes.lanes.queues(), JobSnapshotWriter::writeQueue);
        part(JobSnapshot.ChunkKind.WORKERS, indexes.workers.all(), JobSnapshotWriter::writeWorker);
        part(JobSnapshot.ChunkKind.JOBS, indexes.jobs.all(), JobSnapshotWriter::writeJob);
        part(JobSnapshot.ChunkKind.KEYS, indexes.idempotency.all(), JobSnapshotWriter::writeKey);
        part(JobSnapshot.ChunkKind.OUTCOMES, indexes.outcomes.all(), JobSnapshotWriter::writeOutcome);
        part(JobSnapshot.ChunkKind.OPEN_BLOCK, indexes.history.open(), HistoryCodec::write);
        part(JobSnapshot.ChunkKind.END, List.of(indexes), (_, _) -> {});
    }

    private <T> void part(JobSnapshot.ChunkKind section, Collection<T> records, BiConsumer<BinaryWriter, T> write) {
        int count = 0;
        for (T each : records) {
            if (count == 0) {
                begin(section);
            }
            write.accept(writer, each);
            count++;
            if (writer.size() >= JobSnapshot.CHUNK_BYTES) {
                end(count);
                count = 0;
            }
        }
        if (count > 0) {
            end(count);
        }
    }

    private void begin(JobSnapshot.ChunkKind section) {
        writer.clear();
        JobSnapshot.PARTS.write(writer.u8(JobSnapshot.VERSION), section);
        writer.i32(0);
    }

    private void end(int count) {
        writer.overwriteI32(COUNT_AT, count);
        writer.i32(writer.checksumFrom(0));
        sink.accept(Bytes.wrap(writer.toBytes()));
    }

    private static void writeHead(BinaryWriter writer, JobIndexes indexes) {
        writer.i64(indexes.digest.value());
        writer.varint(indexes.now().term())
                .varint(indexes.now().index())
                .varint(indexes.now().ordinal())
                .varint(indexes.now().micros())
                .varint(indexes.now().elapsedMicros());
        writer.varint(indexes.entry.jobs()).varint(indexes.entry.claims());
        writeFinished(writer, indexes.counts);
        writer.varint(indexes.lanes.virtualTime).varint(indexes.history.openNumber());
        NodeId leader = indexes.workers.leader();
        writer.text(leader == null ? "" : leader.value());
        Worker reserved = indexes.workers.reserved();
        JobId reservedFor = indexes.workers.reservedFor();
        writer.flag(reserved != null && reservedFor != null);
        if (reserved != null && reservedFor != null) {
            writer.text(reserved.id.value()).i64(reservedFor.value());
        }
    }

    private static void writeFinished(BinaryWriter writer, JobStateCounts counts) {
        writer.varint(counts.of(JobState.Kind.SUCCEEDED)).varint(counts.of(JobState.Kind.CANCELLED));
    }

    private static void writeQueue(BinaryWriter writer, JobQueue queue) {
        writer.text(queue.name());
        JobCommands.writeSettings(writer, queue.settings);
        writer.varint(queue.pass).varint(queue.picks);
        writeFinished(writer, queue.counts);
        writer.varint(queue.lastUsedMicros);
    }

    private static void writeWorker(BinaryWriter writer, Worker worker) {
        writer.text(worker.id.value()).i64(worker.incarnation);
        WorkCodec.writeCapacity(writer, worker.capacity());
        STATES.write(writer, worker.state);
        writer.text(worker.reason);
        writer.varint(worker.isOnProbation() ? worker.trust : 0).varint(worker.setbacks);
        writer.varint(worker.setbackElapsedMicros).varint(worker.takeoverElapsedMicros);
        writer.varint(worker.sinceMicros).varint(worker.ended.size());
        for (long incarnation : worker.ended) {
            writer.i64(incarnation);
        }
    }

    private static void writeJob(BinaryWriter writer, Job job) {
        writer.i64(job.id.value());
        SpecCodec.write(writer, job.spec);
        StateCodec.write(writer, job.state());
        writer.varint(job.submittedMicros);
        Job.Past past = job.past();
        HistoryCodec.writeTries(writer, past.tries());
        HistoryCodec.writeLastRun(writer, past.lastRun());
        writer.flag(past.isStripped())
                .varint(past.reportedAttempt())
                .blob(past.checkpoint())
                .varint(past.lostOn().size());
        past.lostOn().forEach(worker -> writer.text(worker.value()));
    }

    private static void writeKey(BinaryWriter writer, Idempotency.Entry entry) {
        writer.text(entry.principal())
                .i64(entry.name().high())
                .i64(entry.name().low())
                .i64(entry.request().high())
                .i64(entry.request().low())
                .varint(entry.sinceMicros());
        entry.answer().write(writer);
    }

    private static void writeOutcome(BinaryWriter writer, OutcomeRecord outcome) {
        writer.i64(outcome.job().value());
        JobSnapshotReader.OUTCOMES.write(writer, outcome.outcome());
        writer.varint(outcome.attempt()).varint(outcome.block());
        writer.varint(outcome.finishedMicros()).varint(outcome.finishedElapsedMicros());
    }
}

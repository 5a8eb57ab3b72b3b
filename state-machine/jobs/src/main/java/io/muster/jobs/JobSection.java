package io.muster.jobs;

import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.Invariant;
import io.muster.log.FrozenSection;
import io.muster.log.NodeId;
import io.muster.log.SectionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The job ledger as a section of a snapshot. What can be derived (lanes, buckets, claims of workers,
/// counts) is not written. Two ledgers with equal bytes are equal and go on alike.
///
/// Of the few things that change in place (what counts the entries, the queues, the workers) it holds
/// the records already written; of all others, references to values that never change.
final class JobSection implements FrozenSection {
    static final int VERSION = 2;

    static final int HEAD = 1;
    static final int QUEUES = 2;
    static final int WORKERS = 3;
    static final int JOBS = 4;
    static final int KEYS = 5;
    static final int OUTCOMES = 6;
    static final int OPEN_BLOCK = 7;

    static final EnumCodec<WorkerState> STATES =
            EnumCodec.of(WorkerState.ACTIVE, WorkerState.SUSPENDED, WorkerState.LOST, WorkerState.LEFT);

    private final byte[] head;
    private final List<byte[]> queues = new ArrayList<>();
    private final List<byte[]> workers = new ArrayList<>();
    private final List<JobTable.Slice> jobs;
    private final List<AgeOrder.Frozen<Idempotency.Entry>> keys;
    private final AgeOrder.Frozen<OutcomeRecord> outcomes;
    private final List<FinishedJob> openBlock;

    /// Holds `indexes` as they are now. Closed history blocks must have been taken before: they are
    /// kept elsewhere.
    JobSection(JobIndexes indexes) {
        Invariant.check(!indexes.history.hasClosed(), "closed history blocks are taken before a snapshot");
        var writer = new BinaryWriter();
        writeHead(writer, indexes);
        head = writer.toBytes();
        // Plain loops: the first lambda of a kind takes longer to link than all the rest here takes together.
        for (JobQueue queue : indexes.lanes.queues()) {
            writer.clear();
            writeQueue(writer, queue);
            queues.add(writer.toBytes());
        }
        for (Worker worker : indexes.workers.all()) {
            writer.clear();
            writeWorker(writer, worker);
            workers.add(writer.toBytes());
        }
        jobs = indexes.jobs.freeze();
        keys = indexes.idempotency.freeze();
        outcomes = indexes.outcomes.freeze();
        openBlock = indexes.history.open();
    }

    @Override
    public void write(Consumer<Bytes> chunks) {
        new SectionWriter(VERSION, chunks)
                .single(HEAD, writer -> writer.raw(head))
                .part(QUEUES, queues, BinaryWriter::raw)
                .part(WORKERS, workers, BinaryWriter::raw)
                .part(JOBS, () -> jobs.stream().flatMap(JobTable.Slice::stream).iterator(), JobSection::writeJob)
                .part(KEYS, () -> keys.stream().flatMap(AgeOrder.Frozen::stream).iterator(), JobSection::writeKey)
                .part(OUTCOMES, outcomes, JobSection::writeOutcome)
                .part(OPEN_BLOCK, openBlock, HistoryCodec::write)
                .end();
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
        var reservation = indexes.workers.reservation();
        writer.flag(reservation != null);
        if (reservation != null) {
            writer.text(reservation.worker().id.value()).i64(reservation.job().value());
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

    private static void writeJob(BinaryWriter writer, JobTable.Moment moment) {
        Job job = moment.job();
        Job.Facts facts = moment.facts();
        writer.i64(job.id.value());
        SpecCodec.write(writer, job.spec);
        StateCodec.write(writer, facts.state());
        writer.varint(job.submittedMicros);
        HistoryCodec.writeTries(writer, facts.tries());
        HistoryCodec.writeLastRun(writer, facts.lastRun());
        writer.flag(facts.isStripped())
                .varint(facts.reportedAttempt())
                .blob(facts.checkpoint())
                .varint(facts.lostOn().size());
        facts.lostOn().forEach(worker -> writer.text(worker.value()));
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
        JobSectionReader.OUTCOMES.write(writer, outcome.outcome());
        writer.varint(outcome.attempt()).varint(outcome.block());
        writer.varint(outcome.finishedMicros()).varint(outcome.finishedElapsedMicros());
    }
}

package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.SectionReader;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the indexes up again from what a [JobSection] wrote.
final class JobSectionReader {
    static final EnumCodec<JobState.Kind> OUTCOMES =
            EnumCodec.of(JobState.Kind.SUCCEEDED, JobState.Kind.DEAD, JobState.Kind.CANCELLED);

    private final JobIndexes indexes;

    @Nullable private NodeId leader;

    /// What [Workers.Reservation] becomes once all workers are there.
    private record Reserved(NodeId worker, JobId job) {}

    @Nullable private Reserved reserved;

    private JobSectionReader(JobIndexes indexes) {
        this.indexes = indexes;
    }

    /// Fills `indexes`, which are empty.
    static void fill(JobIndexes indexes, String name, Iterable<Bytes> chunks) {
        var reader = new JobSectionReader(indexes);
        SectionReader.read(name, JobSection.VERSION, chunks, reader::read);
        reader.finish();
    }

    private void finish() {
        if (leader != null) {
            indexes.workers.leader(leader);
        }
        if (reserved != null) {
            indexes.workers.reserve(new Workers.Reservation(indexes.workers.get(reserved.worker()), reserved.job()));
        }
    }

    private void read(int part, BinaryReader reader) {
        switch (part) {
            case JobSection.HEAD -> readHead(reader);
            case JobSection.QUEUES -> readQueue(reader);
            case JobSection.WORKERS -> readWorker(reader);
            case JobSection.JOBS -> readJob(reader);
            case JobSection.KEYS -> readKey(reader);
            case JobSection.OUTCOMES -> readOutcome(reader);
            case JobSection.OPEN_BLOCK -> indexes.history.add(HistoryCodec.read(reader));
            default -> throw new MalformedException("jobs have no part " + part);
        }
    }

    private void readHead(BinaryReader reader) {
        indexes.digest.restore(reader.i64());
        var stamp = new Stamp(
                reader.varint(),
                reader.varint(),
                reader.count(Integer.MAX_VALUE),
                new LogTime(reader.varint(), reader.varint()));
        indexes.entry.restore(stamp, reader.count(Integer.MAX_VALUE), reader.count(Integer.MAX_VALUE));
        readFinished(reader, indexes.counts);
        indexes.lanes.virtualTime = reader.varint();
        indexes.history.restore(reader.varint());
        String name = reader.text(Envelope.MAX_NAME_BYTES);
        leader = name.isEmpty() ? null : new NodeId(name);
        if (reader.flag()) {
            reserved = new Reserved(WorkCodec.readWorker(reader), WorkCodec.readJob(reader));
        }
    }

    private static void readFinished(BinaryReader reader, JobStateCounts counts) {
        counts.add(JobState.Kind.SUCCEEDED, reader.varint());
        counts.add(JobState.Kind.CANCELLED, reader.varint());
    }

    private void readQueue(BinaryReader reader) {
        JobQueue queue = indexes.lanes.queueOrNew(reader.text(JobLimits.MAX_NAME));
        queue.settings = JobCommands.readSettings(reader);
        queue.pass = reader.varint();
        queue.picks = reader.varint();
        readFinished(reader, queue.counts);
        queue.lastUsedMicros = reader.varint();
    }

    private void readWorker(BinaryReader reader) {
        NodeId id = WorkCodec.readWorker(reader);
        long incarnation = reader.i64();
        Capacity capacity = WorkCodec.readCapacity(reader);
        WorkerState state = JobSection.STATES.read(reader);
        String reason = reader.text(JobLimits.MAX_MESSAGE_BYTES);
        int trust = reader.count(JobLimits.MAX_SLOTS);
        int setbacks = reader.count(Integer.MAX_VALUE);
        long setbackElapsedMicros = reader.varint();
        long takeoverElapsedMicros = reader.varint();
        var worker = new Worker(id, incarnation, capacity, reader.varint());
        worker.trust = trust == 0 ? Worker.FULL_TRUST : trust;
        worker.setbacks = setbacks;
        worker.setbackElapsedMicros = setbackElapsedMicros;
        worker.takeoverElapsedMicros = takeoverElapsedMicros;
        worker.state = state;
        worker.reason = reason;
        int ended = reader.count(Worker.REMEMBERED_INCARNATIONS);
        for (int i = 0; i < ended; i++) {
            worker.ended.addLast(reader.i64());
        }
        indexes.workers.add(worker);
    }

    private void readJob(BinaryReader reader) {
        JobId id = WorkCodec.readJob(reader);
        JobSpec spec = SpecCodec.read(reader);
        JobState.InLedger state = StateCodec.readInLedger(reader);
        LaneKey key = LaneKey.of(spec);
        Lane lane =
                state.kind().isLive() ? indexes.lanes.join(key) : new Lane(key, indexes.lanes.queueOrNew(key.queue()));
        long submittedMicros = reader.varint();
        var facts = new Job.Facts(
                state,
                HistoryCodec.readTries(reader),
                HistoryCodec.readLastRun(reader),
                reader.flag(),
                reader.count(Integer.MAX_VALUE),
                reader.bytes(JobLimits.MAX_CHECKPOINT_BYTES),
                readLostOn(reader));
        place(new Job(id, lane, spec, submittedMicros, facts));
    }

    private static List<NodeId> readLostOn(BinaryReader reader) {
        var lostOn = new ArrayList<NodeId>();
        for (int i = reader.count(JobLimits.DEAD_AFTER_LOSSES); i > 0; i--) {
            lostOn.add(WorkCodec.readWorker(reader));
        }
        return lostOn;
    }

    private void place(Job job) {
        indexes.jobs.put(job);
        indexes.counts.add(job.state().kind(), 1);
        job.lane().queue().counts.add(job.state().kind(), 1);
        if (job.state().kind().isLive()) {
            indexes.uniqueKeys.take(job);
        }
        indexes.place(job);
    }

    private void readKey(BinaryReader reader) {
        indexes.idempotency.remember(new Idempotency.Entry(
                reader.text(Envelope.MAX_NAME_BYTES),
                new Idempotency.Hash(reader.i64(), reader.i64()),
                new Idempotency.Hash(reader.i64(), reader.i64()),
                reader.varint(),
                Receipts.read(reader)));
    }

    private void readOutcome(BinaryReader reader) {
        indexes.outcomes.add(new OutcomeRecord(
                WorkCodec.readJob(reader),
                OUTCOMES.read(reader),
                reader.count(Integer.MAX_VALUE),
                reader.varint(),
                reader.varint(),
                reader.varint()));
    }
}

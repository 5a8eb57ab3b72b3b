package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.Checksum;
import io.muster.encoding.MalformedException;
import io.muster.log.Envelope;
import io.muster.log.LogTime;
import io.muster.log.NodeId;
import io.muster.log.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the indexes up again from the chunks of a snapshot.
final class JobSnapshotReader {
    static final EnumCodec<JobState.Kind> OUTCOMES =
            EnumCodec.of(JobState.Kind.SUCCEEDED, JobState.Kind.DEAD, JobState.Kind.CANCELLED);

    private final JobIndexes indexes;

    private JobSnapshot.ChunkKind last = JobSnapshot.ChunkKind.HEAD;
    private boolean hasHead;

    @Nullable private NodeId leader;

    @Nullable private NodeId reserved;

    @Nullable private JobId reservedFor;

    /// @param indexes empty ones, which it fills
    JobSnapshotReader(JobIndexes indexes) {
        this.indexes = indexes;
    }

    void accept(Bytes chunk) {
        byte[] bytes = chunk.array();
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || BinaryReader.over(bytes, end, Integer.BYTES).i32() != Checksum.of(bytes, 0, end)) {
            throw new MalformedException("a chunk of " + bytes.length + " bytes does not match its checksum");
        }
        var reader = BinaryReader.over(bytes, 0, end);
        int version = reader.u8();
        if (version != JobSnapshot.VERSION) {
            throw new MalformedException("a section of jobs of version " + version + " is not known here");
        }
        JobSnapshot.ChunkKind section = JobSnapshot.PARTS.read(reader);
        checkOrder(section);
        int count = reader.i32();
        for (int i = 0; i < count; i++) {
            read(section, reader);
        }
        reader.end();
    }

    void finish() {
        if (last != JobSnapshot.ChunkKind.END) {
            throw new MalformedException("the section of jobs breaks off after " + last);
        }
        Worker worker = reserved == null ? null : indexes.workers.get(reserved);
        indexes.workers.restore(leader, worker, reservedFor);
    }

    private void checkOrder(JobSnapshot.ChunkKind section) {
        boolean isFirst = section == JobSnapshot.ChunkKind.HEAD;
        if (isFirst == hasHead || section.compareTo(last) < 0) {
            throw new MalformedException("a part " + section + " cannot follow " + last);
        }
        hasHead = true;
        last = section;
    }

    private void read(JobSnapshot.ChunkKind section, BinaryReader reader) {
        switch (section) {
            case HEAD -> readHead(reader);
            case QUEUES -> readQueue(reader);
            case WORKERS -> readWorker(reader);
            case JOBS -> readJob(reader);
            case KEYS -> readKey(reader);
            case OUTCOMES ->
                indexes.outcomes.add(new OutcomeRecord(
                        WorkCodec.readJob(reader),
                        OUTCOMES.read(reader),
                        reader.count(Integer.MAX_VALUE),
                        reader.varint(),
                        reader.varint(),
                        reader.varint()));
            case OPEN_BLOCK -> indexes.history.add(HistoryCodec.read(reader));
            case END -> {
                // nothing is missing
            }
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
            reserved = WorkCodec.readWorker(reader);
            reservedFor = WorkCodec.readJob(reader);
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
        WorkerState state = JobSnapshotWriter.STATES.read(reader);
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
        var job = new Job(id, lane, spec, reader.varint(), state);
        job.restore(new Job.Past(
                HistoryCodec.readTries(reader),
                HistoryCodec.readLastRun(reader),
                reader.flag(),
                reader.count(Integer.MAX_VALUE),
                reader.bytes(JobLimits.MAX_CHECKPOINT_BYTES),
                readLostOn(reader)));
        place(job);
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
}

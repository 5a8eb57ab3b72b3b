package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import java.util.ArrayList;

/// The stored form of a [JobSpec], shared by commands, snapshots and history: one byte says which parts differ from
/// their defaults, and only those follow.
///
/// flags u8 · type · queue · priority u8 · payload · labels? · timeout? · retry? · delay? · unique key? · affinity? ·
/// concurrency? · owner?
final class SpecCodec {
    private static final int LABELS = 1;
    private static final int TIMEOUT = 1 << 1;
    private static final int RETRY = 1 << 2;
    private static final int DELAY = 1 << 3;
    private static final int UNIQUE = 1 << 4;
    private static final int AFFINITY = 1 << 5;
    private static final int CONCURRENCY = 1 << 6;
    private static final int OWNER = 1 << 7;

    private SpecCodec() {}

    static void write(BinaryWriter writer, JobSpec spec) {
        int flags = flags(spec);
        writer.u8(flags)
                .text(spec.type())
                .text(spec.queue())
                .u8(spec.priority())
                .blob(spec.payload());
        if ((flags & LABELS) != 0) {
            writeLabels(writer, spec.labels());
        }
        if ((flags & TIMEOUT) != 0) {
            writer.varint(spec.timeoutMillis());
        }
        if ((flags & RETRY) != 0) {
            writeRetry(writer, spec.retry());
        }
        if ((flags & DELAY) != 0) {
            writer.varint(spec.delayMillis());
        }
        if ((flags & UNIQUE) != 0) {
            writer.text(spec.uniqueKey());
        }
        if ((flags & AFFINITY) != 0) {
            writer.text(spec.affinity());
        }
        if ((flags & CONCURRENCY) != 0) {
            writer.text(spec.concurrency().key()).varint(spec.concurrency().limit());
        }
        if ((flags & OWNER) != 0) {
            writer.text(spec.owner());
        }
    }

    /// Parts that are all default are shared: a million jobs do not hold a million copies of them.
    static JobSpec read(BinaryReader reader) {
        int flags = reader.u8();
        String type = reader.text(JobLimits.MAX_NAME);
        String queue = reader.text(JobLimits.MAX_NAME);
        int priority = reader.u8();
        Bytes payload = reader.bytes(JobLimits.MAX_PAYLOAD_BYTES);
        Labels labels = (flags & LABELS) != 0 ? readLabels(reader) : Labels.NONE;
        long timeoutMillis = (flags & TIMEOUT) != 0 ? reader.varint() : JobSpec.DEFAULT_TIMEOUT_MILLIS;
        RetryPolicy retry = (flags & RETRY) != 0 ? readRetry(reader) : RetryPolicy.DEFAULT;
        long delayMillis = (flags & DELAY) != 0 ? reader.varint() : 0;
        String uniqueKey = (flags & UNIQUE) != 0 ? reader.text(JobLimits.MAX_KEY_BYTES) : "";
        String affinity = (flags & AFFINITY) != 0 ? reader.text(JobLimits.MAX_KEY_BYTES) : "";
        Concurrency concurrency = (flags & CONCURRENCY) != 0 ? readConcurrency(reader) : Concurrency.UNLIMITED;
        String owner = (flags & OWNER) != 0 ? reader.text(JobLimits.MAX_KEY_BYTES) : "";
        var placement = new JobSpec.Placement(queue, priority, labels, affinity, concurrency);
        var timing = new JobSpec.Timing(timeoutMillis, delayMillis, retry);
        var keys = new JobSpec.Keys(uniqueKey, owner);
        return new JobSpec(
                type,
                payload,
                placement,
                timing.equals(JobSpec.Timing.DEFAULT) ? JobSpec.Timing.DEFAULT : timing,
                keys.equals(JobSpec.Keys.NONE) ? JobSpec.Keys.NONE : keys);
    }

    static void writeLabels(BinaryWriter writer, Labels labels) {
        writer.varint(labels.values().size());
        for (String label : labels.values()) {
            writer.text(label);
        }
    }

    static Labels readLabels(BinaryReader reader) {
        int count = reader.count(JobLimits.MAX_WORKER_LABELS);
        var values = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            values.add(reader.text(JobLimits.MAX_KEY_BYTES));
        }
        return new Labels(values);
    }

    private static void writeRetry(BinaryWriter writer, RetryPolicy retry) {
        writer.varint(retry.maxAttempts())
                .varint(retry.baseMillis())
                .varint(retry.factor())
                .varint(retry.maxMillis())
                .varint(retry.floorMillis());
    }

    private static RetryPolicy readRetry(BinaryReader reader) {
        return new RetryPolicy(
                reader.count(Integer.MAX_VALUE),
                reader.varint(),
                reader.count(Integer.MAX_VALUE),
                reader.varint(),
                reader.varint());
    }

    private static Concurrency readConcurrency(BinaryReader reader) {
        return new Concurrency(reader.text(JobLimits.MAX_KEY_BYTES), reader.count(JobLimits.MAX_SLOTS));
    }

    private static int flags(JobSpec spec) {
        return (spec.labels().values().isEmpty() ? 0 : LABELS)
                | (spec.timeoutMillis() == JobSpec.DEFAULT_TIMEOUT_MILLIS ? 0 : TIMEOUT)
                | (spec.retry().equals(RetryPolicy.DEFAULT) ? 0 : RETRY)
                | (spec.delayMillis() == 0 ? 0 : DELAY)
                | (spec.uniqueKey().isEmpty() ? 0 : UNIQUE)
                | (spec.affinity().isEmpty() ? 0 : AFFINITY)
                | (spec.concurrency().isLimited() ? CONCURRENCY : 0)
                | (spec.owner().isEmpty() ? 0 : OWNER);
    }
}

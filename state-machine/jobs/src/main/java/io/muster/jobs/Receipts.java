package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import java.util.ArrayList;
import java.util.List;

/// The receipts of one submit, small enough to keep a million of: a batch of new jobs is one unbroken run of ids.
final class Receipts {
    static final Receipts NONE = new Receipts(new long[0], 0);

    /// The ids, negated where the job was live already; or the first id alone, when `count` new jobs follow it.
    private final long[] ids;

    private final int count;

    private Receipts(long[] ids, int count) {
        this.ids = ids;
        this.count = count;
    }

    static Receipts of(List<JobReply.Receipt> receipts) {
        long first = receipts.getFirst().job().value();
        boolean isRun = true;
        long[] ids = new long[receipts.size()];
        for (int i = 0; i < ids.length; i++) {
            JobReply.Receipt receipt = receipts.get(i);
            boolean isNew = receipt.deduplication() == JobReply.Deduplication.NEW;
            long id = receipt.job().value();
            ids[i] = isNew ? id : -id;
            isRun = isRun && isNew && id == first + i;
        }
        return new Receipts(isRun ? new long[] {first} : ids, ids.length);
    }

    /// How many ids are held in memory.
    int storedIds() {
        return ids.length;
    }

    List<JobReply.Receipt> all() {
        var receipts = new ArrayList<JobReply.Receipt>(count);
        for (int i = 0; i < count; i++) {
            long id = ids.length == count ? ids[i] : ids[0] + i;
            receipts.add(new JobReply.Receipt(
                    new JobId(Math.abs(id)),
                    id < 0 ? JobReply.Deduplication.ALREADY_LIVE : JobReply.Deduplication.NEW));
        }
        return receipts;
    }

    void write(BinaryWriter writer) {
        writer.varint(count).varint(ids.length);
        for (long id : ids) {
            writer.i64(id);
        }
    }

    static Receipts read(BinaryReader reader) {
        int count = reader.count(JobLimits.MAX_BATCH);
        long[] ids = new long[reader.count(JobLimits.MAX_BATCH)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = reader.i64();
        }
        return new Receipts(ids, count);
    }
}

package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// The bodies of job commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class JobCommands {
    public static final int SUBMIT = 0x0301;
    public static final int CANCEL = 0x0302;
    public static final int RETRY = 0x0303;
    public static final int PURGE = 0x0304;
    public static final int REPORT_WORK = 0x0305;
    public static final int JOIN_WORKER = 0x0306;
    public static final int CHANGE_WORKER = 0x0307;
    public static final int SUSPEND_WORKER = 0x0308;
    public static final int RESUME_WORKER = 0x0309;
    public static final int LOSE_WORKER = 0x030A;
    public static final int CONFIGURE_QUEUE = 0x030B;
    public static final int BULK = 0x030C;
    public static final int LEAVE_WORKER = 0x030D;

    /// The version written for every kind.
    public static final int VERSION = 1;

    private static final EnumCodec<QueueSettings.LeaderWorks> LEADER_WORKS = EnumCodec.of(
            QueueSettings.LeaderWorks.NEVER, QueueSettings.LeaderWorks.WHEN_ALONE, QueueSettings.LeaderWorks.ALWAYS);
    private static final EnumCodec<QueueSettings.Flow> FLOWS =
            EnumCodec.of(QueueSettings.Flow.OPEN, QueueSettings.Flow.PAUSED);

    private static final EnumCodec<JobCommand.BulkAct> ACTS =
            EnumCodec.of(JobCommand.BulkAct.CANCEL, JobCommand.BulkAct.RETRY, JobCommand.BulkAct.PURGE);
    private static final EnumCodec<JobFilter.Scope> SCOPES = EnumCodec.of(
            JobFilter.Scope.ALL,
            JobFilter.Scope.SCHEDULED,
            JobFilter.Scope.QUEUED,
            JobFilter.Scope.CLAIMED,
            JobFilter.Scope.DEAD);

    private JobCommands() {}

    /// The envelope kind of `command`.
    public static int kind(JobCommand command) {
        return switch (command) {
            case JobCommand.Submit _ -> SUBMIT;
            case JobCommand.Cancel _ -> CANCEL;
            case JobCommand.Retry _ -> RETRY;
            case JobCommand.Purge _ -> PURGE;
            case JobCommand.ReportWork _ -> REPORT_WORK;
            case JobCommand.JoinWorker _ -> JOIN_WORKER;
            case JobCommand.ChangeWorker _ -> CHANGE_WORKER;
            case JobCommand.SuspendWorker _ -> SUSPEND_WORKER;
            case JobCommand.ResumeWorker _ -> RESUME_WORKER;
            case JobCommand.LoseWorker _ -> LOSE_WORKER;
            case JobCommand.ConfigureQueue _ -> CONFIGURE_QUEUE;
            case JobCommand.Bulk _ -> BULK;
            case JobCommand.LeaveWorker _ -> LEAVE_WORKER;
        };
    }

    /// The body of `command` in its newest version.
    public static Bytes encode(JobCommand command) {
        var writer = new BinaryWriter();
        switch (command) {
            case JobCommand.Submit(var jobs) -> writeSpecs(writer, jobs);
            case JobCommand.Cancel(var jobs) -> writeJobs(writer, jobs);
            case JobCommand.Retry(var jobs) -> writeJobs(writer, jobs);
            case JobCommand.Purge(var jobs) -> writeJobs(writer, jobs);
            case JobCommand.ReportWork report -> WorkCodec.writeReport(writer, report);
            case JobCommand.JoinWorker(var worker, var incarnation, var offer) ->
                WorkCodec.writeOffer(writer.text(worker.value()).i64(incarnation), offer);
            case JobCommand.ChangeWorker(var worker, var incarnation, var offer) ->
                WorkCodec.writeOffer(writer.text(worker.value()).i64(incarnation), offer);
            case JobCommand.SuspendWorker(var worker, var incarnation) ->
                writer.text(worker.value()).i64(incarnation);
            case JobCommand.ResumeWorker(var worker, var incarnation) ->
                writer.text(worker.value()).i64(incarnation);
            case JobCommand.LoseWorker(var worker, var incarnation, var reason) ->
                writer.text(worker.value()).i64(incarnation).text(reason);
            case JobCommand.ConfigureQueue(var queue, var settings) -> writeSettings(writer.text(queue), settings);
            case JobCommand.Bulk bulk -> writeBulk(writer, bulk);
            case JobCommand.LeaveWorker(var worker, var incarnation, var reason) ->
                writer.text(worker.value()).i64(incarnation).text(reason);
        }
        return Bytes.wrap(writer.toBytes());
    }

    /// Reads a body back; throws [MalformedException] for what is not known here or not whole, and
    /// [IllegalArgumentException] for what was never allowed to be proposed.
    public static JobCommand decode(int kind, int version, Bytes body) {
        if (version != VERSION) {
            throw new MalformedException(
                    "job command " + Integer.toHexString(kind) + " version " + version + " is not known here");
        }
        var reader = BinaryReader.over(body.array());
        JobCommand command = read(kind, reader);
        reader.end();
        return command;
    }

    private static JobCommand read(int kind, BinaryReader reader) {
        return switch (kind) {
            case SUBMIT -> new JobCommand.Submit(readSpecs(reader));
            case CANCEL -> new JobCommand.Cancel(readJobs(reader));
            case RETRY -> new JobCommand.Retry(readJobs(reader));
            case PURGE -> new JobCommand.Purge(readJobs(reader));
            case REPORT_WORK -> WorkCodec.readReport(reader);
            case JOIN_WORKER ->
                new JobCommand.JoinWorker(WorkCodec.readWorker(reader), reader.i64(), WorkCodec.readOffer(reader));
            case CHANGE_WORKER ->
                new JobCommand.ChangeWorker(WorkCodec.readWorker(reader), reader.i64(), WorkCodec.readOffer(reader));
            case SUSPEND_WORKER -> new JobCommand.SuspendWorker(WorkCodec.readWorker(reader), reader.i64());
            case RESUME_WORKER -> new JobCommand.ResumeWorker(WorkCodec.readWorker(reader), reader.i64());
            case LOSE_WORKER ->
                new JobCommand.LoseWorker(
                        WorkCodec.readWorker(reader), reader.i64(), reader.text(JobLimits.MAX_MESSAGE_BYTES));
            case CONFIGURE_QUEUE ->
                new JobCommand.ConfigureQueue(reader.text(JobLimits.MAX_NAME), readSettings(reader));
            case BULK -> readBulk(reader);
            case LEAVE_WORKER ->
                new JobCommand.LeaveWorker(
                        WorkCodec.readWorker(reader), reader.i64(), reader.text(JobLimits.MAX_MESSAGE_BYTES));
            default -> throw new MalformedException("no job command has kind " + Integer.toHexString(kind));
        };
    }

    private static void writeSpecs(BinaryWriter writer, List<JobSpec> specs) {
        writer.varint(specs.size());
        for (JobSpec spec : specs) {
            SpecCodec.write(writer, spec);
        }
    }

    private static List<JobSpec> readSpecs(BinaryReader reader) {
        int count = reader.count(JobLimits.MAX_BATCH);
        var specs = new ArrayList<JobSpec>(count);
        for (int i = 0; i < count; i++) {
            specs.add(SpecCodec.read(reader));
        }
        return specs;
    }

    private static void writeJobs(BinaryWriter writer, List<JobId> jobs) {
        writer.varint(jobs.size());
        for (JobId job : jobs) {
            writer.i64(job.value());
        }
    }

    private static List<JobId> readJobs(BinaryReader reader) {
        int count = reader.count(JobLimits.MAX_BATCH);
        var jobs = new ArrayList<JobId>(count);
        for (int i = 0; i < count; i++) {
            jobs.add(WorkCodec.readJob(reader));
        }
        return jobs;
    }

    private static void writeBulk(BinaryWriter writer, JobCommand.Bulk bulk) {
        ACTS.write(writer, bulk.act());
        SCOPES.write(writer, bulk.filter().scope());
        writer.text(bulk.filter().queue()).text(bulk.filter().type());
        SpecCodec.writeLabels(writer, bulk.filter().labels());
        writer.text(bulk.filter().owner()).i64(bulk.filter().minAgeMicros());
        writer.i64(bulk.after().value()).i64(bulk.before().value()).varint(bulk.limit());
    }

    private static JobCommand.Bulk readBulk(BinaryReader reader) {
        var act = ACTS.read(reader);
        var filter = new JobFilter(
                SCOPES.read(reader),
                reader.text(JobLimits.MAX_NAME),
                reader.text(JobLimits.MAX_NAME),
                SpecCodec.readLabels(reader),
                reader.text(JobLimits.MAX_KEY_BYTES),
                reader.i64());
        return new JobCommand.Bulk(
                act, filter, WorkCodec.readJob(reader), WorkCodec.readJob(reader), reader.count(Integer.MAX_VALUE));
    }

    static void writeSettings(BinaryWriter writer, QueueSettings settings) {
        writer.varint(settings.weight());
        LEADER_WORKS.write(writer, settings.leaderWorks());
        FLOWS.write(writer, settings.flow());
    }

    static QueueSettings readSettings(BinaryReader reader) {
        return new QueueSettings(reader.count(Integer.MAX_VALUE), LEADER_WORKS.read(reader), FLOWS.read(reader));
    }
}

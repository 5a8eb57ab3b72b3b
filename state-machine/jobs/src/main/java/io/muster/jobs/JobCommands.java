package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import java.util.ArrayList;
import java.util.List;

/// The bodies of job commands as they stand in the log. A kind's number never changes its meaning; a changed shape
/// takes the next version and the old one stays readable.
public final class JobCommands {
    public static final CommandKind<JobCommand> SUBMIT = new CommandKind<JobCommand>(
                    0x0301, "jobs.submit", 1, 1, (body, _) -> new JobCommand.Submit(readSpecs(body)))
            .repeatedToLedger();
    public static final CommandKind<JobCommand> CANCEL =
            new CommandKind<>(0x0302, "jobs.cancel", 1, 1, (body, _) -> new JobCommand.Cancel(readJobs(body)));
    public static final CommandKind<JobCommand> RETRY =
            new CommandKind<>(0x0303, "jobs.retry", 1, 1, (body, _) -> new JobCommand.Retry(readJobs(body)));
    public static final CommandKind<JobCommand> PURGE =
            new CommandKind<>(0x0304, "jobs.purge", 1, 1, (body, _) -> new JobCommand.Purge(readJobs(body)));
    public static final CommandKind<JobCommand> REPORT_WORK = new CommandKind<JobCommand>(
                    0x0305, "jobs.report-work", 1, 1, (body, _) -> WorkCodec.readReport(body))
            .asWork()
            .repeatedToLedger();
    public static final CommandKind<JobCommand> JOIN_WORKER = new CommandKind<>(
            0x0306,
            "jobs.join-worker",
            1,
            1,
            (body, _) ->
                    new JobCommand.JoinWorker(WorkCodec.readWorker(body), body.i64(), WorkCodec.readCapacity(body)));
    public static final CommandKind<JobCommand> CHANGE_WORKER = new CommandKind<>(
            0x0307,
            "jobs.change-worker",
            1,
            1,
            (body, _) ->
                    new JobCommand.ChangeWorker(WorkCodec.readWorker(body), body.i64(), WorkCodec.readCapacity(body)));
    public static final CommandKind<JobCommand> SUSPEND_WORKER = new CommandKind<>(
            0x0308,
            "jobs.suspend-worker",
            1,
            1,
            (body, _) -> new JobCommand.SuspendWorker(WorkCodec.readWorker(body), body.i64()));
    public static final CommandKind<JobCommand> RESUME_WORKER = new CommandKind<>(
            0x0309,
            "jobs.resume-worker",
            1,
            1,
            (body, _) -> new JobCommand.ResumeWorker(WorkCodec.readWorker(body), body.i64()));
    public static final CommandKind<JobCommand> LOSE_WORKER = new CommandKind<>(
            0x030A,
            "jobs.lose-worker",
            1,
            1,
            (body, _) -> new JobCommand.LoseWorker(
                    WorkCodec.readWorker(body), body.i64(), body.text(JobLimits.MAX_MESSAGE_BYTES)));
    public static final CommandKind<JobCommand> CONFIGURE_QUEUE = new CommandKind<>(
            0x030B,
            "jobs.configure-queue",
            1,
            1,
            (body, _) -> new JobCommand.ConfigureQueue(body.text(JobLimits.MAX_NAME), readSettings(body)));
    public static final CommandKind<JobCommand> BULK =
            new CommandKind<>(0x030C, "jobs.bulk", 1, 1, (body, _) -> readBulk(body));
    public static final CommandKind<JobCommand> LEAVE_WORKER = new CommandKind<>(
            0x030D,
            "jobs.leave-worker",
            1,
            1,
            (body, _) -> new JobCommand.LeaveWorker(
                    WorkCodec.readWorker(body), body.i64(), body.text(JobLimits.MAX_MESSAGE_BYTES)));

    /// All kinds of command for the job ledger.
    public static final List<CommandKind<JobCommand>> KINDS = List.of(
            SUBMIT,
            CANCEL,
            RETRY,
            PURGE,
            REPORT_WORK,
            JOIN_WORKER,
            CHANGE_WORKER,
            SUSPEND_WORKER,
            RESUME_WORKER,
            LOSE_WORKER,
            CONFIGURE_QUEUE,
            BULK,
            LEAVE_WORKER);

    private static final EnumCodec<QueueSettings.LeaderWorks> LEADER_WORKS = EnumCodec.of(
            QueueSettings.LeaderWorks.NEVER, QueueSettings.LeaderWorks.WHEN_ALONE, QueueSettings.LeaderWorks.ALWAYS);
    private static final EnumCodec<QueueSettings.Flow> FLOWS =
            EnumCodec.of(QueueSettings.Flow.OPEN, QueueSettings.Flow.PAUSED);

    private static final EnumCodec<JobCommand.BulkAct> ACTS =
            EnumCodec.of(JobCommand.BulkAct.CANCEL, JobCommand.BulkAct.RETRY, JobCommand.BulkAct.PURGE);

    private JobCommands() {}

    static CommandKind<JobCommand> kind(JobCommand command) {
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

    static Bytes encode(JobCommand command) {
        var writer = new BinaryWriter();
        switch (command) {
            case JobCommand.Submit(var jobs) -> writeSpecs(writer, jobs);
            case JobCommand.Cancel(var jobs) -> writeJobs(writer, jobs);
            case JobCommand.Retry(var jobs) -> writeJobs(writer, jobs);
            case JobCommand.Purge(var jobs) -> writeJobs(writer, jobs);
            case JobCommand.ReportWork report -> WorkCodec.writeReport(writer, report);
            case JobCommand.JoinWorker(var worker, var incarnation, var capacity) ->
                WorkCodec.writeCapacity(writer.text(worker.value()).i64(incarnation), capacity);
            case JobCommand.ChangeWorker(var worker, var incarnation, var capacity) ->
                WorkCodec.writeCapacity(writer.text(worker.value()).i64(incarnation), capacity);
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
        StateCodec.writeScope(writer, bulk.filter().scope());
        writer.text(bulk.filter().queue()).text(bulk.filter().type());
        SpecCodec.writeLabels(writer, bulk.filter().labels());
        writer.text(bulk.filter().owner()).i64(bulk.filter().minAgeMicros());
        writer.i64(bulk.after().value()).i64(bulk.before().value()).varint(bulk.limit());
    }

    private static JobCommand.Bulk readBulk(BinaryReader reader) {
        var act = ACTS.read(reader);
        var filter = new JobFilter(
                StateCodec.readScope(reader),
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

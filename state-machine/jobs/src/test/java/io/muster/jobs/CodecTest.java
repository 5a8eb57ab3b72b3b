package io.muster.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.log.CommandContract;
import io.muster.log.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CodecTest {
    private static final NodeId NODE = new NodeId("node-1");
    private static final JobSpec FULL_SPEC = new JobSpec(
            "audit",
            Bytes.utf8("{\"package\":\"lodash\"}"),
            new JobSpec.Placement("audits", 90, Labels.of("gpu", "zone=eu"), "repo-7", new Concurrency("registry", 4)),
            new JobSpec.Timing(60_000, 1_500, new RetryPolicy(5, 2_000, 3, 60_000, 500)),
            new JobSpec.Keys("npm:lodash@4.17.20", "audit-1"));

    @Test
    void the_stored_form_of_every_command_never_changes() {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        for (JobCommand command : everyCommand()) {
            forms.put(
                    Integer.toHexString(command.kind().number()),
                    command.encode().array());
        }

        Golden.check("job-commands.txt", forms);
    }

    @Test
    void commands_read_back_as_they_were_written() {
        CommandContract.check(JobCommand.class, JobCommands.KINDS, everyCommand());
    }

    @Test
    void a_finished_job_reads_back_from_a_block_and_its_bytes_never_change() {
        var finished = new FinishedJob(
                JobId.of(7, 1),
                FULL_SPEC,
                new JobState.Dead(JobState.DeathReason.LOST_TOO_OFTEN, "node-1 was lost"),
                1_000,
                new JobView.Tries(3, 0, 3, "node-1 was lost"),
                new LastRun.By(NODE, 3, new io.muster.log.FencingToken(2, 9, 4), 5_000),
                10,
                6_000);
        var cancelled = new FinishedJob(
                JobId.of(8, 0),
                Cluster.noop(),
                new JobState.Cancelled(),
                2_000,
                JobView.Tries.NONE,
                new LastRun.None(),
                11,
                7_000);
        var history = new History();
        history.add(finished);
        history.add(cancelled);

        Bytes body = history.body();

        Golden.check("history-block.txt", Map.of("body", body.array()));
        assertThat(HistoryCodec.readBody(Bytes.wrap(Golden.bytes("history-block.txt", "body")), 2))
                .containsExactly(finished, cancelled);
    }

    @Test
    void a_spec_of_defaults_costs_no_more_than_its_names_and_payload() {
        var submit = new JobCommand.Submit(List.of(Cluster.noop()));

        byte[] body = submit.encode().array();

        assertThat(body).hasSize(1 + 1 + 5 + 8 + 1 + 3);
        assertThat(BinaryReader.over(body).count(1)).isEqualTo(1);
    }

    static List<JobCommand> everyCommand() {
        var capacity = Capacity.of(8, Labels.of("gpu"), List.of("noop", "audit"));
        var jobs = List.of(JobId.of(7, 0), JobId.of(7, 1));
        return List.of(
                new JobCommand.Submit(List.of(Cluster.noop(), FULL_SPEC)),
                new JobCommand.Cancel(jobs),
                new JobCommand.Retry(jobs),
                new JobCommand.Purge(jobs),
                new JobCommand.ReportWork(
                        NODE,
                        42,
                        List.of(
                                new WorkResult(jobs.get(0), 1, new RunEnding.Success(Bytes.utf8("{}"))),
                                new WorkResult(
                                        jobs.get(1), 2, new RunEnding.Failure("no", RunEnding.RetryAdvice.GIVE_UP)),
                                new WorkResult(jobs.get(1), 3, new RunEnding.Released())),
                        List.of(new Checkpoint(jobs.get(0), 1, Bytes.utf8("{\"step\":1}")))),
                new JobCommand.JoinWorker(NODE, 42, capacity),
                new JobCommand.ChangeWorker(
                        NODE, 42, new Capacity(2, capacity.labels(), capacity.handlers(), Capacity.Intake.DRAINING)),
                new JobCommand.SuspendWorker(NODE, 42),
                new JobCommand.ResumeWorker(NODE, 42),
                new JobCommand.LoseWorker(NODE, 42, "silent for three beats"),
                new JobCommand.ConfigureQueue(
                        "audits", new QueueSettings(5, QueueSettings.LeaderWorks.NEVER, QueueSettings.Flow.PAUSED)),
                new JobCommand.Bulk(
                        JobCommand.BulkAct.CANCEL,
                        new JobFilter(
                                JobFilter.Scope.of(JobState.Kind.QUEUED),
                                "audits",
                                "audit",
                                Labels.of("zone=eu"),
                                "audit-7",
                                5_000_000),
                        jobs.get(0),
                        jobs.get(1),
                        300),
                new JobCommand.LeaveWorker(NODE, 42, "it drained and went"));
    }
}

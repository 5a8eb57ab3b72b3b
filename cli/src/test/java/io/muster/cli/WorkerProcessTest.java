package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.JobStatus;
import io.muster.client.KeyRequest;
import io.muster.client.NewKey;
import io.muster.client.SubmitJob;
import io.muster.encoding.Bytes;
import io.muster.encoding.Tether;
import io.muster.node.Address;
import io.muster.node.ConfigFile;
import io.muster.node.LoneNode;
import io.muster.node.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `muster worker` as a process of its own beside a node that only votes.
@Timeout(180)
final class WorkerProcessTest {
    private static final String NAME = "builder-1";

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    /// One for all: each test makes a key of its own, and its worker is gone when it ends.
    private static LoneNode node;

    @BeforeAll
    static void start(@TempDir Path shared) throws IOException, InterruptedException {
        node = LoneNode.startVoter(shared);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void asked_to_end_it_finishes_the_running_job_first() throws Exception {
        Process worker = worker(key(NAME).secret());
        var longOne = SubmitJob.of("sleep", Bytes.utf8("{\"millis\":1500}"));
        var shortOne = SubmitJob.of("noop", Bytes.utf8("{}"));
        var jobs = node.client.submitAll(List.of(longOne, shortOne)).jobs();
        await(String.valueOf(jobs.getLast().id()), JobStatus.SUCCEEDED);

        worker.destroy();

        assertThat(worker.waitFor()).as(output()).isZero();
        var finished = node.client.job(String.valueOf(jobs.getFirst().id()));
        assertThat(finished.state()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(finished.attempt()).isEqualTo(1);
    }

    @Test
    void a_key_that_nobody_knows_ends_it_with_2() throws Exception {
        Process worker = worker("muster_ffffffffffff_" + "0".repeat(64));

        assertThat(worker.waitFor()).as(output()).isEqualTo(2);
        assertThat(output())
                .contains("muster worker: the key in " + folder.resolve("worker.key"))
                .contains("is not one that builder-1 can work with")
                .contains("401");
    }

    @Test
    void the_key_of_another_worker_ends_it_with_2() throws Exception {
        Process worker = worker(key("builder-2").secret());

        assertThat(worker.waitFor()).as(output()).isEqualTo(2);
        assertThat(output()).contains("is not one that builder-1 can work with").contains("builder-2");
    }

    @Test
    void a_key_that_is_revoked_while_it_works_ends_it_with_1() throws Exception {
        NewKey key = key(NAME);
        Process worker = worker(key.secret());
        var job = node.client.submit(SubmitJob.of("noop", Bytes.utf8("{}")));
        await(String.valueOf(job.id()), JobStatus.SUCCEEDED);

        node.client.revokeKey(key.key().id());

        assertThat(worker.waitFor()).as(output()).isEqualTo(1);
        assertThat(output()).contains("was good and is refused now").contains("ERROR WorkerRuntime key refused");
    }

    @Test
    void a_node_asked_to_end_ends_with_0() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        LoneNode.write(own, 0);
        String self = Long.toString(ProcessHandle.current().pid());
        String config = own.resolve("muster.yaml").toString();
        Process process = muster("node.log", "node", "--config", config, "--end-with", self);
        while (!output("node.log").contains(NodeCommand.STARTED)) {
            Pause.shortly();
        }

        process.destroy();

        assertThat(process.waitFor()).as(output("node.log")).isZero();
    }

    @Test
    void a_node_whose_api_port_is_taken_says_so_without_waiting_for_its_worker() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path config = LoneNode.write(own, 4);
        Address api = ConfigFile.read(config, "").self().api();
        try (var taken = new ServerSocket(api.port(), 1, InetAddress.getLoopbackAddress())) {
            Process process = muster("node.log", "node", "--config", config.toString());

            assertThat(process.waitFor()).as(output("node.log")).isEqualTo(2);
            assertThat(output("node.log"))
                    .contains(Integer.toString(taken.getLocalPort()))
                    .doesNotContain("worker did not drain");
        }
    }

    private NewKey key(String worker) throws InterruptedException {
        return node.client.createKey(new KeyRequest(worker, "worker", worker));
    }

    private Process worker(String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.key"), secret + "\n");
        return muster(
                "worker.log", "worker", "--name", NAME, "--server", node.address(), "--key-file", file.toString());
    }

    private Process muster(String log, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Muster.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(Tether.of(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String output() throws IOException {
        return output("worker.log");
    }

    private String output(String log) throws IOException {
        return Files.readString(folder.resolve(log));
    }

    private void await(String job, JobStatus state) throws InterruptedException {
        while (node.client.job(job).state() != state) {
            Pause.shortly();
        }
    }
}

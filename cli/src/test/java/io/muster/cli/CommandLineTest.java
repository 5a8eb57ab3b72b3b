package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.log.FreePorts;
import io.muster.node.ConfigFile;
import io.muster.node.MusterNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Bad flags, bad configurations and bad folders: one sentence, exit code 2.
final class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void a_misspelt_command_is_answered_with_the_nearest_one() {
        var answer = run("nod");

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error).contains("nod").contains("node");
    }

    @Test
    void a_misspelt_flag_is_answered_with_the_nearest_one() {
        var answer = run("up", "--node", "3");

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error).contains("--node").contains("--nodes");
    }

    @Test
    void the_help_names_what_the_script_runs_and_each_command_s_own_only_its_own() {
        assertThat(Muster.commandLine().getUsageMessage()).contains("bench").contains("conformance");
        assertThat(Muster.commandLine().getSubcommands().values())
                .extracting(CommandLine::getUsageMessage)
                .noneMatch(help -> help.contains("conformance"));
    }

    @Test
    void a_number_of_nodes_that_cannot_be_is_refused() {
        var answer = run("up", "--nodes", "99");

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error).contains("--nodes must be 1 to 9, not 99");
    }

    @Test
    void a_missing_configuration_is_named() {
        var answer = run("node", "--config", folder.resolve("nowhere.yaml").toString());

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error).contains("cannot read the configuration").contains("nowhere.yaml");
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = write("alone", taken.getLocalPort());

            var answer = run("node", "--config", config.toString());

            assertThat(answer.code).isEqualTo(2);
            assertThat(answer.error).contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void a_folder_of_another_cluster_is_refused() throws IOException {
        int node = FreePorts.next();
        try (var first = new MusterNode(ConfigFile.read(write("first", node), ""))) {
            assertThat(first.failure()).isNotDone();
        }

        var answer = run("node", "--config", write("second", node).toString());

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error).contains("cluster");
    }

    @Test
    void up_says_which_node_ended_at_the_start_and_why() {
        String nowhere = folder.resolve("no-advisories").toString();

        var answer = run("up", "--nodes", "1", "--data", folder.toString(), "--advisories", nowhere);

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error)
                .contains("node-1 ended with exit code 2")
                .contains("muster node: cannot read the advisories in " + nowhere);
    }

    @Test
    void a_first_up_that_fails_leaves_nothing_behind_and_what_was_there_stays() throws IOException {
        Path fresh = folder.resolve("fresh");
        Path letter = Files.writeString(folder.resolve("letter.txt"), "dear");
        String nowhere = folder.resolve("no-advisories").toString();

        run("up", "--nodes", "1", "--data", fresh.toString(), "--advisories", nowhere);
        run("up", "--nodes", "1", "--data", folder.toString(), "--advisories", nowhere);

        assertThat(fresh).doesNotExist();
        assertThat(folder).isDirectoryContaining(letter::equals);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(letter);
        }
    }

    @Test
    void down_says_that_no_cluster_runs_in_a_folder() throws IOException {
        Files.writeString(folder.resolve("up.pid"), ProcessHandle.current().pid() + " 1970-01-01T00:00:00Z\n");

        var answer = run("down", "--data", folder.toString());

        assertThat(answer.code).isEqualTo(3);
        assertThat(answer.error).contains("no muster up runs a cluster in " + folder);
    }

    @Test
    void help_version_completion_and_manual_name_what_there_is() {
        assertThat(run("help", "job", "submit").out).contains("--idempotency-key", "--server");
        assertThat(run("version").out)
                .contains("muster ", "commit ", "JDK " + System.getProperty("java.runtime.version"));
        assertThat(run("version", "--json").out).startsWith("{").contains("\"version\":", "\"commit\":", "\"jdk\":");
        assertThat(run("completion").out)
                .contains("complete -F", "--max-attempts")
                .doesNotContain("rehearse");
        assertThat(run("man").out).contains(".SS muster job submit", ".B 75").doesNotContain("rehearse");
    }

    @Test
    void an_answer_that_cannot_be_printed_is_told() throws IOException {
        var version = runOnto(new FileOutputStream("/dev/full"), "version");

        assertThat(version.code).isEqualTo(1);
        assertThat(version.error).contains("muster version: cannot print the answer");
    }

    @Test
    void a_scan_that_cannot_print_its_report_gives_no_verdict() throws IOException {
        Path database = Files.createDirectories(folder.resolve("osv"));
        Files.writeString(database.resolve("EX-1.json"), "{\"id\": \"EX-1\", \"modified\": \"2026-01-01T00:00:00Z\"}");
        Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("requirements.txt"), "star==1.0\n");

        var scan = runOnto(new FileOutputStream("/dev/full"), "scan", "--database=" + database, app.toString());

        assertThat(scan.code).isEqualTo(127);
        assertThat(scan.error).contains("muster scan: cannot print the answer: No space left on device");
    }

    @Test
    void a_reader_that_has_read_enough_changes_no_exit_code() {
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        var answer = runOnto(gone, "version");

        assertThat(answer.code).isZero();
        assertThat(answer.error).isEmpty();
    }

    @Test
    void up_says_which_port_was_taken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("alone", taken.getLocalPort());

            var answer = run("up", "--data", folder.toString());

            assertThat(answer.code).isEqualTo(2);
            assertThat(answer.error)
                    .contains("node-1 ended with exit code 2")
                    .contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void up_refuses_flags_that_are_not_true_of_the_cluster_that_is_there() throws IOException {
        Path file = write("alone", FreePorts.next());
        String advisories = folder.resolve("advisories").toString();

        var nodes = run("up", "--data", folder.toString(), "--nodes", "3");
        var slots = run("up", "--data", folder.toString(), "--slots", "8");
        var matched = run("up", "--data", folder.toString(), "--nodes", "1", "--advisories", advisories);

        assertThat(List.of(nodes.code, slots.code, matched.code)).containsOnly(2);
        assertThat(nodes.error)
                .contains("was laid out with --nodes 1, not with 3")
                .contains("--data");
        assertThat(slots.error)
                .contains("was laid out with --slots 0, not with 8")
                .contains(file.toString());
        assertThat(matched.error).contains("was laid out without --advisories, not with " + advisories);
    }

    @Test
    void the_demonstration_says_which_node_ended_at_the_start_and_why() {
        // A folder without the examples: beside the launcher stand those that a demonstration needs.
        System.setProperty("muster.home", folder.toString());
        var answer = run("demo", "--data", folder.resolve("demo").toString());
        System.clearProperty("muster.home");

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error)
                .contains("ended with exit code 2")
                .contains("cannot read the advisories in")
                .contains(".log");
    }

    @Test
    void the_demonstration_refuses_a_folder_that_is_not_its_own() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "dear");

        var answer = run("demo", "--data", folder.toString());

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.error).contains("holds what no demonstration made").contains(folder.toString());
        assertThat(letter).exists();
    }

    private Path write(String name, int nodePort) throws IOException {
        Path file = folder.resolve("muster.yaml");
        Files.writeString(file, """
                cluster:
                  name: %s
                  nodes:
                    - {id: node-1, node: "127.0.0.1:%d", api: "127.0.0.1:%d"}
                node: {slots: 0, data: data}
                """.formatted(name, nodePort, FreePorts.next()));
        return file;
    }

    private record Answer(int code, String error, String out) {}

    private static Answer runOnto(OutputStream stream, String... arguments) {
        var error = new StringWriter();
        var line = Muster.commandLine().setErr(new PrintWriter(error));
        int code = Muster.run(line, new ErrorKeepingStream(stream), arguments);
        return new Answer(code, error.toString(), "");
    }

    private static Answer run(String... arguments) {
        var error = new StringWriter();
        var out = new StringWriter();
        var line = Muster.commandLine().setErr(new PrintWriter(error)).setOut(new PrintWriter(out));
        int code = Muster.run(line, arguments);
        return new Answer(code, error.toString(), out.toString());
    }
}

package io.muster.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TetherTest {
    /// A process that starts a child, names it, and waits to be killed.
    static final class Parent {
        private Parent() {}

        static void main(String... command) throws IOException {
            Process child = new ProcessBuilder(List.of(command)).start();
            System.out.println(child.pid());
            System.out.flush();
            System.in.read();
        }
    }

    private static Process parentOf(List<String> child) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName()));
        command.addAll(child);
        return new ProcessBuilder(Tether.of(command)).start();
    }

    private static long awaitChild(Process parent) throws IOException {
        return Long.parseLong(parent.inputReader().readLine());
    }

    /// A process that ended and that nobody has waited for is no process any more: it holds no memory and no port.
    private static boolean isRunning(long pid) throws IOException {
        Path state = Path.of("/proc", Long.toString(pid), "stat");
        return Files.exists(state) && !Files.readString(state).contains(") Z ");
    }

    @Test
    void a_tethered_process_dies_with_a_parent_that_was_killed() throws Exception {
        Process parent = parentOf(Tether.of("sleep", "600"));
        long child = awaitChild(parent);

        parent.destroyForcibly().waitFor();

        while (isRunning(child)) {
            TimedOut.check();
            Thread.onSpinWait();
        }
        assertThat(isRunning(child)).isFalse();
    }

    @Test
    void a_tethered_program_dies_with_a_parent_that_was_killed(@TempDir Path folder) throws Exception {
        Path program = Tether.program(folder.resolve("sleeps"), Path.of("/bin/sleep"));
        Process parent = parentOf(List.of(program.toString(), "600"));
        long child = awaitChild(parent);

        parent.destroyForcibly().waitFor();

        while (isRunning(child)) {
            TimedOut.check();
            Thread.onSpinWait();
        }
        assertThat(isRunning(child)).isFalse();
    }

    @Test
    void a_tethered_process_ends_as_its_command_does() throws Exception {
        Process process = new ProcessBuilder(Tether.of("sh", "-c", "exit 3")).start();

        assertThat(process.waitFor()).isEqualTo(3);
    }
}

package io.muster.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays the golden dialogues. `-Ddialogue.rewrite=true` writes what really happens into the files, to be read in the
/// diff.
class DialogueTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "dialogues");

    static Stream<String> dialogues() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void goes_as_written(String name) throws IOException {
        var file = FOLDER.resolve(name);
        var written = Files.readAllLines(file);

        var played = play(written);

        if (Boolean.getBoolean("dialogue.rewrite")) {
            Files.write(file, played);
        } else {
            assertThat(played).isEqualTo(written);
        }
    }

    /// Keeps remarks, empty lines and commands, and puts what happens after each command.
    private static List<String> play(List<String> script) {
        var dialogue = new Dialogue();
        var played = new ArrayList<String>();
        for (String line : script) {
            if (line.isEmpty() || line.startsWith("#")) {
                played.add(line);
            } else if (line.startsWith("> ")) {
                played.add(line);
                dialogue.play(line.substring(2)).forEach(told -> played.add("    " + told));
            }
        }
        return played;
    }
}

package io.muster.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house rules that no compiler knows. Each failure names the file, the line and the rule.
final class TidyTest {
    private static final int MAX_FILE_LINES = 500;
    private static final int MAX_COLUMNS = 120;

    /// What a text block begins and ends with; fixtures inside keep the width of the format they show.
    private static final String TEXT_BLOCK_QUOTES = "\"".repeat(3);

    /// What no source may call or carry, and what to do instead. The words are split so that this file passes.
    private static final Map<String, String> BANNED_TEXT = Map.of(
            "Thread" + ".sleep", "await an event or advance a clock",
            "System" + ".exit", "return an exit code from main",
            "@Dis" + "abled", "a test that cannot run fails",
            "jupiter.api.Ass" + "umptions", "a test that cannot run fails; split a contract by what it needs",
            "FIX" + "ME", "mend it or open an issue",
            "org.mock" + "ito", "write the fake beside the port",
            "@auth" + "or", "the history knows");

    private static final Pattern UNNUMBERED_TO_DO = Pattern.compile("TO" + "DO(?!\\(#\\d+\\))");

    /// Where a banned word is right, and why.
    private static final List<String> EXIT_IS_ALLOWED_IN = List.of(
            "cli/src/main/java/io/muster/cli/Muster.java", // main: the one place that ends the process
            "evidence/conformance/src/main/java/io/muster/conformance/Conformance.java", // a main of its own
            "evidence/nemesis/src/main/java/io/muster/nemesis/Nemesis.java", // a main of its own
            "evidence/benchmarks/src/main/java"); // mains of their own

    @Test
    void sizes_names_and_parameters_keep_the_style() {
        assertThat(SourceRules.check(Repository.javaSources())).isEmpty();
    }

    @Test
    void no_file_and_no_line_outgrows_its_reader() {
        var findings = new ArrayList<String>();
        for (Path source : Repository.javaSources()) {
            List<String> lines = Repository.read(source).lines().toList();
            if (lines.size() >= MAX_FILE_LINES) {
                findings.add(Repository.name(source) + " has " + lines.size() + " lines");
            }
            boolean isText = false;
            for (int i = 0; i < lines.size(); i++) {
                isText ^= lines.get(i).split(TEXT_BLOCK_QUOTES, -1).length % 2 == 0;
                if (lines.get(i).length() > MAX_COLUMNS && !isText) {
                    findings.add(Repository.name(source) + ":" + (i + 1) + " is "
                            + lines.get(i).length() + " wide");
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void what_a_test_starts_dies_with_it() {
        var starting = "new Process" + "Builder(";

        assertThat(Repository.javaSources().stream()
                        .filter(source -> Repository.name(source).contains("/src/test/"))
                        .filter(source -> Repository.read(source).contains(starting))
                        .filter(source -> !Repository.read(source).contains("Tether.of("))
                        .map(Repository::name))
                .as("a process that a test starts is tied to it by encoding's Tether")
                .isEmpty();
    }

    @Test
    void no_source_carries_a_banned_word() {
        var findings = new ArrayList<String>();
        for (Path source : Repository.javaSources()) {
            String text = Repository.read(source);
            String name = Repository.name(source);
            BANNED_TEXT.forEach((word, instead) -> {
                boolean isAllowed =
                        word.endsWith("exit") && EXIT_IS_ALLOWED_IN.stream().anyMatch(name::startsWith);
                if (text.contains(word) && !isAllowed) {
                    findings.add(name + " has " + word + ": " + instead);
                }
            });
            if (UNNUMBERED_TO_DO.matcher(text).find()) {
                findings.add(name + " has a to-do without an issue number");
            }
        }

        assertThat(findings).isEmpty();
    }

    /// What happened in words, then pairs; what may hold spaces stands in quotes.
    @Test
    void every_log_line_is_words_and_then_pairs() {
        var call = Pattern.compile(
                "\\blog\\s*\\.(?:info|warn|error|debug)\\(\\s*" + "((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");
        var piece = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
        var grammar = Pattern.compile("[a-zA-Z][^={}\"]*?(?: [a-zA-Z.]+=(?:\\{\\}|\"[^\"]*\"|[^ \"{}=]+))*");
        var bareText = Pattern.compile("\\b(?:reason|cause|what|why)=\\{\\}");
        var findings = new ArrayList<String>();
        for (Path source : Repository.javaSources()) {
            if (!Repository.name(source).contains("/src/main/java/")) {
                continue;
            }
            var calls = call.matcher(Repository.read(source));
            while (calls.find()) {
                var line = new StringBuilder();
                piece.matcher(calls.group(1)).results().forEach(it -> line.append(it.group(1)));
                String text = line.toString().replace("\\\"", "\"");
                boolean isRight = grammar.matcher(text).matches()
                        && !bareText.matcher(text).find()
                        && !text.startsWith("event=");
                if (!isRight) {
                    findings.add(Repository.name(source) + " logs: " + text);
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void a_suppression_gives_its_reason_on_the_same_line() {
        var findings = new ArrayList<String>();
        for (Path source : Repository.javaSources()) {
            List<String> lines = Repository.read(source).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.startsWith("@Suppress" + "Warnings") && !line.contains("//")) {
                    findings.add(Repository.name(source) + ":" + (i + 1));
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void every_package_is_null_marked_and_introduces_itself() {
        var findings = new ArrayList<String>();
        Repository.javaSources().stream()
                .filter(source -> Repository.name(source).contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .forEach(folder -> {
                    Path info = folder.resolve("package-info.java");
                    if (!Files.exists(info) || !Repository.read(info).contains("@NullMarked")) {
                        findings.add(Repository.name(folder) + " has no null-marked package-info");
                    } else if (!Repository.read(info).startsWith("///")) {
                        findings.add(Repository.name(info) + " does not introduce its package");
                    }
                });

        assertThat(findings).isEmpty();
    }

    @Test
    void every_path_that_the_documents_name_exists() {
        var link = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");
        var findings = new ArrayList<String>();
        for (Path document : Repository.files(".md")) {
            var matcher = link.matcher(Repository.read(document));
            while (matcher.find()) {
                Path target = document.getParent().resolve(matcher.group(1)).normalize();
                if (!Files.exists(target)) {
                    findings.add(Repository.name(document) + " names " + matcher.group(1) + ", which is not there");
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void every_test_that_the_documents_name_exists() {
        var name = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))\\.([a-z0-9]+_\\w+)`");
        var sources = new HashMap<String, String>();
        Repository.javaSources()
                .forEach(file -> sources.merge(file.getFileName().toString(), Repository.read(file), String::concat));
        var findings = new ArrayList<String>();
        for (Path document : Repository.files(".md")) {
            var matcher = name.matcher(Repository.read(document));
            while (matcher.find()) {
                String source = sources.getOrDefault(matcher.group(1) + ".java", "");
                if (!source.contains("void " + matcher.group(2) + "(")) {
                    findings.add(Repository.name(document) + " names " + matcher.group() + ", which is not there");
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void nothing_names_a_machine_or_a_registry_host() {
        var hosts = Pattern.compile("/(root|home)/[a-z]+/|repo1?\\.maven\\.|registry\\.npmjs\\.org|pypi\\.org/simple");
        var findings = new ArrayList<String>();
        Stream.of(".java", ".md", ".xml", ".json", ".lock", ".txt", ".yaml", "Makefile")
                .flatMap(ending -> Repository.files(ending).stream())
                .filter(file -> !file.endsWith("TidyTest.java"))
                .forEach(file -> {
                    var matcher = hosts.matcher(Repository.read(file));
                    if (matcher.find()) {
                        findings.add(Repository.name(file) + " has " + matcher.group());
                    }
                });

        assertThat(findings).isEmpty();
    }
}

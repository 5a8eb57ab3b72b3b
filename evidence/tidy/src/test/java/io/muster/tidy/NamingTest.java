package io.muster.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One word, one meaning: of classes between modules, and between the code, the glossary and the documents.
final class NamingTest {
    private static final Pattern DECLARED =
            Pattern.compile("\\b(?:record|class|interface|enum|@interface) ([A-Z]\\w*)");

    private static final Pattern NESTED = Pattern.compile(
            "(?m)^ +(?:(?:public|static|final|sealed|non-sealed) )*(?:record|class|interface|enum) ([A-Z]\\w*)");

    /// Nested classes that are called like one of another module, and why that misleads nobody.
    private static final Map<String, String> MAY_SHARE_A_NAME = Map.of(
            "CommittedBatch.Commands", "one of the contents of a batch, always written Content.Commands",
            "MemberRefusal.NotLeading", "one of the reasons of its sealed interface",
            "RunState.Waiting", "one of the states of its sealed interface",
            "WorkerAnswer.NotLeading", "one of the answers of its sealed interface");

    /// `AuditLedger`, `jobs.JobLedger`, `JobId.parse`: two capitals at least, or a package before it.
    private static final Pattern CLASS_IN_TEXT = Pattern.compile(
            "(?:([a-z][a-z0-9]*)\\.)?([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+|(?<=\\.)[A-Z]\\w*)(?:[.#]\\w+)*(?:\\(\\))?");

    private static final Pattern PATH_IN_TEXT = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)+/?");
    /// `-pl scanner/versions,cli`; what a script fills in begins with a `$`.
    private static final Pattern MODULES_OF_COMMAND = Pattern.compile("[ \"]-pl ([\\w/,-]+)");
    private static final Pattern TEST_OF_COMMAND = Pattern.compile("-Dtest=([A-Z]\\w*)");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    @Test
    void no_class_name_stands_for_two_things() {
        var modules = new TreeMap<String, Set<String>>();
        for (Path source : Repository.javaSources()) {
            String name = Repository.name(source);
            if (name.contains("/src/") && !name.endsWith("package-info.java")) {
                modules.computeIfAbsent(simpleName(source), _ -> new TreeSet<>())
                        .add(module(name));
            }
        }
        modules.values().removeIf(where -> where.size() == 1);

        assertThat(modules).isEmpty();
    }

    /// A private one is read in its own file only.
    @Test
    void no_nested_class_is_called_like_one_of_another_module() {
        assertThat(nestedNamesakes().filter(found -> !MAY_SHARE_A_NAME.containsKey(found)))
                .isEmpty();
    }

    @Test
    void every_exception_among_nested_classes_is_needed() {
        assertThat(MAY_SHARE_A_NAME.keySet()).isSubsetOf(nestedNamesakes().toList());
    }

    /// Nested classes that are open to others and called like a class of another module, as `Outer.Nested`.
    private static Stream<String> nestedNamesakes() {
        var packages = new TreeMap<String, String>();
        mainSources().forEach(source -> packages.put(simpleName(source), packageOf(source)));
        return mainSources().stream()
                .flatMap(source -> NESTED.matcher(Repository.read(source))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !packageOf(source).equals(packages.getOrDefault(name, packageOf(source))))
                        .map(name -> simpleName(source) + "." + name));
    }

    @Test
    void every_class_that_the_documents_name_exists() {
        var known = new TreeSet<String>();
        for (Path source : Repository.javaSources()) {
            known.add(simpleName(source));
            DECLARED.matcher(Repository.read(source)).results().forEach(found -> known.add(found.group(1)));
        }
        var findings = new ArrayList<String>();
        for (Path document : documents()) {
            for (String word : backticked(document)) {
                var name = CLASS_IN_TEXT.matcher(word);
                if (name.matches() && !known.contains(name.group(2))) {
                    findings.add(Repository.name(document) + " names " + word + ", which is not there");
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    /// Paths that begin with a folder of the project; what a build makes is not there before it.
    @Test
    void every_folder_that_the_documents_name_exists() {
        var findings = new ArrayList<String>();
        for (Path document : documents()) {
            for (String word : backticked(document)) {
                boolean isOurs = PATH_IN_TEXT.matcher(word).matches()
                        && !word.startsWith(".")
                        && !(word + "/").contains("target/")
                        && Files.isDirectory(Repository.ROOT.resolve(word.substring(0, word.indexOf('/'))));
                if (isOurs && !Files.exists(Repository.ROOT.resolve(word))) {
                    findings.add(Repository.name(document) + " names " + word + ", which is not there");
                }
            }
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void every_module_that_a_command_names_exists() {
        var findings = new ArrayList<String>();
        for (Path text : commandTexts()) {
            MODULES_OF_COMMAND
                    .matcher(Repository.read(text))
                    .results()
                    .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                    .filter(name -> !Modules.all().contains(name))
                    .forEach(name -> findings.add(Repository.name(text) + " names " + name + ", which is no module"));
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void every_test_that_a_command_names_exists() {
        Set<String> known =
                Repository.javaSources().stream().map(NamingTest::simpleName).collect(Collectors.toSet());
        var findings = new ArrayList<String>();
        for (Path text : commandTexts()) {
            TEST_OF_COMMAND
                    .matcher(Repository.read(text))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !known.contains(name))
                    .forEach(name -> findings.add(Repository.name(text) + " names " + name + ", which is no test"));
        }

        assertThat(findings).isEmpty();
    }

    @Test
    void the_code_map_names_every_module() {
        String text = Repository.read(Repository.ROOT.resolve("ARCHITECTURE.md"));
        String map = text.substring(text.indexOf("## Code map"));

        assertThat(Modules.all()).allSatisfy(module -> {
            String name = module.substring(module.indexOf('/') + 1);
            assertThat(map).containsAnyOf("| `" + module + "`", "· `" + name + "`");
        });
    }

    @Test
    void every_word_of_the_glossary_is_used_in_the_code() {
        var code = new StringBuilder();
        for (Path source : mainSources()) {
            code.append(letters(Repository.read(source)));
        }

        assertThat(glossary()).allSatisfy(word -> assertThat(code).contains(letters(word)));
    }

    @Test
    void the_glossary_says_one_thing_of_a_word() {
        assertThat(glossary()).isNotEmpty().doesNotHaveDuplicates();
    }

    private static List<String> glossary() {
        return Repository.read(Repository.ROOT.resolve("docs/glossary.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| word "))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .toList();
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "");
    }

    private static List<Path> documents() {
        return Repository.files(".md").stream()
                .filter(file -> Repository.name(file).matches("[A-Z]+\\.md|docs/[\\w-]+\\.md"))
                .filter(file -> !file.endsWith("CHANGELOG.md"))
                .toList();
    }

    private static List<Path> commandTexts() {
        var texts = new ArrayList<>(Repository.files(".md"));
        texts.addAll(Repository.javaSources());
        texts.add(Repository.ROOT.resolve("Makefile"));
        try (var scripts = Files.list(Repository.ROOT.resolve("scripts"))) {
            scripts.filter(Files::isRegularFile).forEach(texts::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static List<String> backticked(Path document) {
        String prose = FENCED.matcher(Repository.read(document)).replaceAll("");
        return IN_BACKTICKS
                .matcher(prose)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<Path> mainSources() {
        return Repository.javaSources().stream()
                .filter(source -> Repository.name(source).contains("/src/main/java/"))
                .toList();
    }

    private static String packageOf(Path source) {
        return Modules.packageOf(module(Repository.name(source)));
    }

    private static String module(String name) {
        return name.substring(0, name.indexOf("/src/"));
    }

    private static String simpleName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }
}

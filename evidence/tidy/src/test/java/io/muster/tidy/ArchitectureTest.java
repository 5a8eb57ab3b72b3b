package io.muster.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Purity and direction: the pure modules know no clock, thread, random source, file or socket, and every module
/// reaches only those that stand beside it in [#MAY_USE], which names no arrow that is not there.
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.muster");

    /// What decides, and what reads bytes that it is given.
    private static final List<String> PURE = List.of(
            "encoding",
            "log",
            "access",
            "values",
            "jobs",
            "audits",
            "state",
            "coordinator",
            "raft",
            "versions",
            "documents",
            "advisories",
            "manifests",
            "reports");

    /// Package of a module to those it may use besides its own. The modules of the group `evidence` may use all.
    static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            row("encoding"),
            row("log", "encoding"),
            row("access", "log", "encoding"),
            row("values", "log", "encoding"),
            row("jobs", "log", "encoding"),
            row("audits", "log", "encoding"),
            row("state", "log", "encoding", "access", "values", "jobs", "audits"),
            row("coordinator", "state", "log", "encoding", "access", "jobs"),
            row("raft", "log", "encoding"),
            row("raftruntime", "raft", "log", "encoding"),
            row("versions", "encoding"),
            row("documents"),
            row("advisories", "documents", "versions"),
            row("manifests", "documents", "versions"),
            row("reports", "documents", "versions", "advisories", "manifests", "encoding"),
            row("catalog", "advisories", "versions", "encoding"),
            row("scan", "catalog", "advisories", "manifests", "reports", "versions"),
            row("tls"),
            row("wire", "encoding"),
            row("exchange", "wire", "encoding"),
            row("client", "wire", "encoding"),
            row("worker", "exchange", "wire", "encoding"),
            row("handlers", "worker", "wire", "audits", "catalog", "advisories", "versions", "encoding"),
            row("history", "jobs", "log", "encoding"),
            row("http", "state", "access", "log", "wire", "encoding"),
            row("dispatch", "http", "coordinator", "jobs", "access", "log", "exchange", "wire", "encoding"),
            row("compat", "http", "state", "values", "log", "wire", "encoding"),
            row(
                    "api",
                    "http",
                    "dispatch",
                    "compat",
                    "history",
                    "state",
                    "access",
                    "jobs",
                    "audits",
                    "log",
                    "client",
                    "exchange",
                    "wire",
                    "manifests",
                    "versions",
                    "encoding"),
            row(
                    "node",
                    "api",
                    "http",
                    "history",
                    "coordinator",
                    "state",
                    "access",
                    "jobs",
                    "log",
                    "raft",
                    "raftruntime",
                    "worker",
                    "handlers",
                    "catalog",
                    "exchange",
                    "tls",
                    "wire",
                    "encoding"),
            row(
                    "cli",
                    "node",
                    "log",
                    "tls",
                    "worker",
                    "client",
                    "exchange",
                    "wire",
                    "scan",
                    "catalog",
                    "reports",
                    "advisories",
                    "manifests",
                    "versions",
                    "encoding"));

    private static final String EVIDENCE = "evidence/";

    private static Map.Entry<String, Set<String>> row(String module, String... others) {
        return Map.entry(module, Set.of(others));
    }

    @Test
    void every_module_has_a_row() {
        var expected = new TreeSet<String>();
        for (String module : modules()) {
            if (!module.startsWith(EVIDENCE)) {
                expected.add(packageOf(module));
            }
        }

        assertThat(new TreeSet<>(MAY_USE.keySet())).isEqualTo(expected);
    }

    @Test
    void no_row_allows_what_is_not_there() {
        MAY_USE.forEach((module, allowed) ->
                assertThat(used(module)).as("what %s uses", module).containsAll(allowed));
    }

    /// The picture in ARCHITECTURE.md is drawn from the classes; what is expected there is printed where it differs.
    @Test
    void the_picture_of_the_groups_is_the_one_that_the_classes_draw() {
        var arrows = new TreeSet<String>();
        for (String module : modules()) {
            for (String other : used(packageOf(module))) {
                String to = groupOf(other);
                if (!to.equals(group(module))) {
                    arrows.add("    " + group(module) + " --> " + to);
                }
            }
        }
        String picture = "```mermaid\nflowchart LR\n" + String.join("\n", arrows) + "\n```";

        assertThat(Repository.read(Repository.ROOT.resolve("ARCHITECTURE.md"))).contains(picture);
    }

    /// The folders of the modules, as the pom lists them.
    static List<String> modules() {
        return Pattern.compile("<module>([^<]+)</module>")
                .matcher(Repository.read(Repository.ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String group(String module) {
        int slash = module.indexOf('/');
        return slash < 0 ? module : module.substring(0, slash);
    }

    private static String groupOf(String pack) {
        return modules().stream()
                .filter(module -> packageOf(module).equals(pack))
                .map(ArchitectureTest::group)
                .findFirst()
                .orElseThrow();
    }

    static String packageOf(String module) {
        return module.substring(module.lastIndexOf('/') + 1).replace("-", "");
    }

    /// The other modules that the classes of `module` depend on.
    private static Set<String> used(String module) {
        var others = new TreeSet<String>();
        for (JavaClass type : ALL) {
            if (moduleOf(type).equals(module)) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    others.add(moduleOf(dependency.getTargetClass()));
                }
            }
        }
        others.remove(module);
        others.remove("");
        return others;
    }

    /// What Raft and its engine both speak of.
    private static final Set<String> WORDS_OF_RAFT =
            Set.of("NodeId", "LogTime", "SnapshotMeta", "Standing", "Successor", "TransferAnswer", "package-info");

    private static String topLevel(JavaClass type) {
        String inPackage = type.getName().substring(type.getPackageName().length() + 1);
        return inPackage.substring(0, inPackage.indexOf('$') < 0 ? inPackage.length() : inPackage.indexOf('$'));
    }

    /// Raft takes words from `log`, such as the name of a node and log time, and no port.
    @Test
    void raft_knows_no_port_of_the_log() {
        noClasses()
                .that()
                .resideInAPackage("io.muster.raft..")
                .should()
                .dependOnClassesThat(describe(
                        "are ports of the log",
                        type -> type.getPackageName().equals("io.muster.log")
                                && !WORDS_OF_RAFT.contains(topLevel(type))))
                .check(ALL);
    }

    /// An engine is known to its own factory and to nothing else of the server or the command line.
    @Test
    void only_an_engine_factory_knows_an_engine() {
        var engines = modules().stream()
                .filter(module -> group(module).equals("engines"))
                .map(ArchitectureTest::packageOf)
                .toList();

        var knowing = ALL.stream()
                .filter(type -> !moduleOf(type).isEmpty() && !engines.contains(moduleOf(type)))
                .filter(type -> !groupOf(moduleOf(type)).equals("evidence"))
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use -> engines.contains(moduleOf(use.getTargetClass()))))
                .toList();

        assertThat(knowing).isNotEmpty().allMatch(type -> type.isAssignableTo("io.muster.node.EngineFactory"));
    }

    /// A body that is put under another number or version than its own is a body that no node can read.
    @Test
    void nobody_but_the_envelope_itself_puts_an_envelope_together() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.muster.log.Envelope")
                .should()
                .callConstructorWhere(describe(
                        "makes an envelope",
                        call -> call.getTargetOwner().getName().equals("io.muster.log.Envelope")))
                .check(ALL);
    }

    @Test
    void the_pure_modules_know_no_thread_file_or_socket() {
        for (String module : PURE) {
            noClasses()
                    .that()
                    .resideInAPackage("io.muster." + module + "..")
                    .should()
                    .dependOnClassesThat(describe("touch the world", ArchitectureTest::touchesTheWorld))
                    .allowEmptyShould(true)
                    .check(ALL);
        }
    }

    @Test
    void the_pure_modules_know_no_clock_and_no_chance() {
        for (String module : PURE) {
            var pure = noClasses().that().resideInAPackage("io.muster." + module + "..");
            pure.should()
                    .callMethod(System.class, "currentTimeMillis")
                    .allowEmptyShould(true)
                    .check(ALL);
            pure.should()
                    .callMethod(System.class, "nanoTime")
                    .allowEmptyShould(true)
                    .check(ALL);
            pure.should()
                    .callMethod(java.time.Instant.class, "now")
                    .allowEmptyShould(true)
                    .check(ALL);
            pure.should()
                    .callMethod(java.time.LocalDate.class, "now")
                    .allowEmptyShould(true)
                    .check(ALL);
            pure.should()
                    .callMethod(Math.class, "random")
                    .allowEmptyShould(true)
                    .check(ALL);
            pure.should()
                    .callMethod(java.util.UUID.class, "randomUUID")
                    .allowEmptyShould(true)
                    .check(ALL);
            pure.should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.util\\.(Random|SplittableRandom|Timer|random\\..*)|java\\.time\\.Clock")
                    .allowEmptyShould(true)
                    .check(ALL);
        }
    }

    @Test
    void arrows_point_inward() {
        MAY_USE.forEach((module, allowed) -> noClasses()
                .that()
                .resideInAPackage("io.muster." + module + "..")
                .should()
                .dependOnClassesThat(describe("belong to a module that " + module + " may not use", type -> {
                    String other = moduleOf(type);
                    return !other.isEmpty() && !other.equals(module) && !allowed.contains(other);
                }))
                .allowEmptyShould(true)
                .check(ALL));
    }

    /// Parsing libraries read bytes through `java.io` streams in memory; files and sockets stay out.
    private static boolean touchesTheWorld(JavaClass type) {
        String name = type.getPackageName();
        boolean isPortWord = type.getName().equals("java.util.concurrent.CompletionStage");
        boolean isFile = name.equals("java.io") && type.getSimpleName().matches("File.*|RandomAccessFile|Console");
        return !isPortWord && name.startsWith("java.util.concurrent")
                || isFile
                || name.startsWith("java.nio.file")
                || name.startsWith("java.nio.channels")
                || name.startsWith("java.net")
                || type.getName().equals("java.lang.Thread");
    }

    private static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("io.muster.")) {
            return "";
        }
        String rest = name.substring("io.muster.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}

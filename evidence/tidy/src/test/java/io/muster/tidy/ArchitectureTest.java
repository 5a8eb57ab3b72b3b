package io.muster.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Purity and direction: the pure modules know no clock, thread, random source, file or socket, and every module
/// reaches only the modules that stand to its right in [#MAY_USE].
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.muster");

    private static final List<String> PURE = List.of(
            "encoding",
            "raft",
            "log",
            "access",
            "values",
            "jobs",
            "versions",
            "advisories",
            "manifests",
            "reports",
            "audits",
            "state",
            "coordinator");

    /// Module to what it may use besides itself. `node` and the evidence modules may use everything.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("encoding", Set.of()),
            Map.entry("log", Set.of("encoding")),
            Map.entry("raft", Set.of("log", "encoding")),
            Map.entry("access", Set.of("log", "encoding")),
            Map.entry("values", Set.of("log", "encoding")),
            Map.entry("jobs", Set.of("log", "encoding")),
            Map.entry("audits", Set.of("log", "encoding")),
            Map.entry("versions", Set.of()),
            Map.entry("advisories", Set.of("versions", "manifests")),
            Map.entry("manifests", Set.of("versions")),
            Map.entry("state", Set.of("log", "encoding", "access", "values", "jobs", "audits")),
            Map.entry("coordinator", Set.of("state", "log", "encoding", "access", "values", "jobs", "audits")),
            Map.entry("raftruntime", Set.of("raft", "log", "encoding")),
            Map.entry("reports", Set.of("versions", "advisories", "manifests")),
            Map.entry("catalog", Set.of("advisories", "manifests", "versions", "reports", "encoding")),
            Map.entry("history", Set.of("state", "jobs", "log", "encoding")),
            Map.entry("client", Set.of("encoding")),
            Map.entry("handlers", Set.of("catalog", "advisories", "versions", "encoding")),
            Map.entry("worker", Set.of("client", "handlers", "encoding")));

    /// Consensus takes two words from `cluster`, the name of a node and log time, and no port.
    @Test
    void consensus_knows_no_port_of_the_cluster() {
        noClasses()
                .that()
                .resideInAPackage("io.muster.raft..")
                .should()
                .dependOnClassesThat(describe(
                        "are ports of the cluster",
                        type -> type.getPackageName().equals("io.muster.log")
                                && !Set.of("NodeId", "LogTime", "package-info").contains(type.getSimpleName())))
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

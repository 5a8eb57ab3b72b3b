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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Purity and direction: the pure modules know no clock, thread, random source, file or socket, and every module
/// reaches only those that its pom names, which names none that is not used.
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.muster");

    /// What decides, and what reads bytes that it is given: the whole state machine, and these.
    private static final Set<String> PURE_ELSEWHERE =
            Set.of("raft", "versions", "documents", "advisories", "manifests", "reports");

    private static List<String> pure() {
        return Modules.all().stream()
                .filter(module -> Modules.group(module).equals("state-machine")
                        || PURE_ELSEWHERE.contains(Modules.packageOf(module)))
                .map(Modules::packageOf)
                .toList();
    }

    @Test
    void no_pom_names_a_module_that_is_not_used() {
        for (String module : Modules.all()) {
            assertThat(used(Modules.packageOf(module)))
                    .as("what %s uses", module)
                    .containsAll(Modules.dependencies(module));
        }
    }

    /// The picture in ARCHITECTURE.md is drawn from the classes; what is expected there is printed where it differs.
    @Test
    void the_picture_of_the_groups_is_the_one_that_the_classes_draw() {
        var arrows = new TreeSet<String>();
        for (String module : Modules.all()) {
            for (String other : used(Modules.packageOf(module))) {
                String to = Modules.groupOf(other);
                if (!to.equals(Modules.group(module))) {
                    arrows.add("    " + Modules.group(module) + " --> " + to);
                }
            }
        }
        String picture = "```mermaid\nflowchart LR\n" + String.join("\n", arrows) + "\n```";

        assertThat(Repository.read(Repository.ROOT.resolve("ARCHITECTURE.md"))).contains(picture);
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
    private static final Set<String> WORDS_OF_RAFT = Set.of(
            "NodeId",
            "VoterId",
            "LogTime",
            "SnapshotMeta",
            "Standing",
            "Outcome",
            "Successor",
            "TransferAnswer",
            "MemberAddresses",
            "MemberAnswer",
            "MemberChange",
            "MemberRefusal",
            "package-info");

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
        var engines = Modules.all().stream()
                .filter(module -> Modules.group(module).equals("engines"))
                .map(Modules::packageOf)
                .toList();

        var knowing = ALL.stream()
                .filter(type -> !moduleOf(type).isEmpty() && !engines.contains(moduleOf(type)))
                .filter(type -> !Modules.groupOf(moduleOf(type)).equals("evidence"))
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
        for (String module : pure()) {
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
        for (String module : pure()) {
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

    /// A module that comes with another one is named too, where it is used.
    @Test
    void every_module_that_is_used_is_named_in_the_pom() {
        for (String module : Modules.all()) {
            var missing = new TreeSet<>(used(Modules.packageOf(module)));
            missing.removeAll(Modules.dependencies(module));

            assertThat(missing).as("what the pom of %s leaves out", module).isEmpty();
        }
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

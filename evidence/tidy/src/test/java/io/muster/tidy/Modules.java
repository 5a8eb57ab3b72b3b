package io.muster.tidy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The modules of the project and what they build on, as the poms say. A module goes by its folder, `group/name`.
final class Modules {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);

    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>(?:(?!</dependency>).)*</dependency>", Pattern.DOTALL);

    private static final Pattern OURS = Pattern.compile("<artifactId>muster-([^<]+)</artifactId>");

    private Modules() {}

    /// In the order of the project's pom.
    static List<String> all() {
        return find(MODULE, pom(""));
    }

    static String group(String module) {
        int slash = module.indexOf('/');
        return slash < 0 ? module : module.substring(0, slash);
    }

    /// The group of the module to which a package below `io.muster` belongs.
    static String groupOf(String pack) {
        return all().stream()
                .filter(module -> packageOf(module).equals(pack))
                .map(Modules::group)
                .findFirst()
                .orElseThrow();
    }

    /// The package of a module, below `io.muster`.
    static String packageOf(String module) {
        return module.substring(module.lastIndexOf('/') + 1).replace("-", "");
    }

    /// The packages of the modules that a module's pom names for its main classes.
    static Set<String> dependencies(String module) {
        var named = new TreeSet<String>();
        String own = PARENT.matcher(pom(module)).replaceFirst("");
        DEPENDENCY.matcher(own).results().map(MatchResult::group).forEach(dependency -> {
            if (!dependency.contains("<scope>test</scope>")) {
                find(OURS, dependency).forEach(name -> named.add(packageOf(name)));
            }
        });
        return named;
    }

    private static String pom(String folder) {
        return Repository.read(Repository.ROOT.resolve(folder).resolve("pom.xml"));
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}

package io.muster.manifests;

import io.muster.versions.Ecosystem;
import java.util.LinkedHashMap;
import java.util.Map;

/// pom.xml with its local parents: what the project declares, in the versions that properties and
/// dependencyManagement give. [Maven, "Introduction to the POM", "Dependency Mechanism"]
///
/// Only what lies in files beside it is known. A version from an imported BOM or from a parent in a repository
/// stays open, with a warning; what dependencies pull in themselves is not in a pom at all. What profiles add is
/// listed, whatever their conditions.
final class PomReader {

    /// A declaration with the line of this pom that leads to it: its own, or that of `<parent>`.
    private record Declared(XmlElement dependency, int line) {}

    private final ManifestBuilder builder;
    private final PomFamily family;
    private final PomText text;
    private final Map<String, XmlElement> managed = new LinkedHashMap<>();

    private PomReader(ManifestBuilder builder, PomFamily family) {
        this.builder = builder;
        this.family = family;
        this.text = new PomText(family);
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        var reader = new PomReader(builder, PomFamily.of(source));
        reader.manage();
        reader.declare();
    }

    private void manage() {
        family.poms().forEach(this::manage);
        family.poms().forEach(pom -> PomFamily.profiles(pom).forEach(this::manage));
    }

    private void manage(XmlElement owner) {
        for (XmlElement dependency :
                owner.child("dependencyManagement").child("dependencies").children("dependency")) {
            managed.putIfAbsent(key(dependency), dependency);
        }
    }

    /// The nearest declaration wins, as in Maven's inheritance.
    private void declare() {
        Map<String, Declared> declared = new LinkedHashMap<>();
        for (XmlElement pom : family.poms()) {
            boolean isOwn = pom == family.poms().getFirst();
            int inherited = family.poms().getFirst().child("parent").line();
            for (XmlElement dependency : pom.child("dependencies").children("dependency")) {
                declared.putIfAbsent(key(dependency), new Declared(dependency, isOwn ? dependency.line() : inherited));
            }
        }
        declared.forEach((key, one) -> add(one, managed.getOrDefault(key, one.dependency())));
        declareInProfiles(declared);
    }

    /// A profile's dependencies count: they are needed in some build. It may give one in another version, which is then
    /// a package of its own.
    private void declareInProfiles(Map<String, Declared> always) {
        XmlElement own = family.poms().getFirst();
        for (XmlElement pom : family.poms()) {
            for (XmlElement profile : PomFamily.profiles(pom)) {
                for (XmlElement dependency : profile.child("dependencies").children("dependency")) {
                    String key = key(dependency);
                    boolean isOther = !always.containsKey(key)
                            || !dependency.textOf("version").isEmpty();
                    int line =
                            pom == own ? dependency.line() : own.child("parent").line();
                    if (isOther) {
                        add(new Declared(dependency, line), managed.getOrDefault(key, dependency));
                    }
                }
            }
        }
    }

    private String key(XmlElement dependency) {
        String type = dependency.textOf("type");
        return String.join(
                ":",
                text.resolved(dependency.textOf("groupId")),
                text.resolved(dependency.textOf("artifactId")),
                type.isEmpty() ? "jar" : text.resolved(type),
                text.resolved(dependency.textOf("classifier")));
    }

    private void add(Declared declared, XmlElement management) {
        XmlElement dependency = declared.dependency();
        String name =
                text.resolved(dependency.textOf("groupId")) + ":" + text.resolved(dependency.textOf("artifactId"));
        if (name.contains("${") || name.startsWith(":") || name.endsWith(":")) {
            builder.unreadable("line " + declared.line() + ": '" + name + "' is passed over, its name is not complete");
            return;
        }
        String version = text.resolved(either(dependency, management, "version"));
        String exact = exact(version);
        if (exact.isEmpty()) {
            builder.warn("line " + declared.line() + ": the version of '" + name + "' is not known here: "
                    + (version.isEmpty() ? "no pom at hand gives it" : "'" + version + "' is not one version"));
        }
        int component = builder.add(Ecosystem.MAVEN, name, exact, scope(dependency, management), declared.line());
        builder.direct(component, scope(dependency, management));
    }

    private static String either(XmlElement dependency, XmlElement management, String element) {
        String own = dependency.textOf(element);
        return own.isEmpty() ? management.textOf(element) : own;
    }

    private DependencyScope scope(XmlElement dependency, XmlElement management) {
        if (text.resolved(either(dependency, management, "scope")).equals("test")) {
            return DependencyScope.DEVELOPMENT;
        }
        boolean isOptional =
                text.resolved(either(dependency, management, "optional")).equals("true");
        return isOptional ? DependencyScope.OPTIONAL : DependencyScope.RUNTIME;
    }

    /// A range of one version, `[1.0]`, is that version; any other range, and what stays unresolved, is none.
    private static String exact(String version) {
        if (version.startsWith("[") && version.endsWith("]") && version.indexOf(',') < 0) {
            return version.substring(1, version.length() - 1).strip();
        }
        boolean isOpen = version.startsWith("[")
                || version.startsWith("(")
                || version.contains("${")
                || version.equals("LATEST")
                || version.equals("RELEASE");
        return isOpen ? "" : version;
    }
}

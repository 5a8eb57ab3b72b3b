package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A pom and those of its parents that lie in local files, the pom itself first.
///
/// A parent is looked for where `relativePath` says, `../pom.xml` when it says nothing, and counts only when it
/// is the artifact that is asked for, as Maven does.
///
/// @param poms the nearest first
/// @param properties by name, as the nearest pom defines them
record PomFamily(List<XmlElement> poms, Map<String, String> properties) {

    /// What no dependency is declared in. Plugins are tools of the build with versions of their own.
    private static final Set<String> SKIPPED = Set.of(
            "build",
            "reporting",
            "distributionManagement",
            "repositories",
            "pluginRepositories",
            "licenses",
            "developers",
            "contributors",
            "mailingLists",
            "scm",
            "issueManagement",
            "ciManagement",
            "exclusions");

    PomFamily {
        poms = List.copyOf(poms);
    }

    static PomFamily of(ManifestSource source) {
        var poms = new ArrayList<XmlElement>();
        var visited = new HashSet<String>();
        XmlElement pom = parse(source.bytes());
        poms.add(pom);
        String folder = "";
        while (!pom.child("parent").isAbsent() && poms.size() < ManifestLimits.SIBLING_FILES) {
            String path = folder + relativePath(pom.child("parent"));
            if (path.endsWith("/") || !visited.add(path)) {
                break;
            }
            Optional<XmlElement> parent = source.beside(path).map(PomFamily::parse);
            if (parent.isEmpty() || !isWanted(pom.child("parent"), parent.get())) {
                break;
            }
            pom = parent.get();
            poms.add(pom);
            folder = path.substring(0, path.lastIndexOf('/') + 1);
        }
        return new PomFamily(poms, properties(poms));
    }

    private static Map<String, String> properties(List<XmlElement> poms) {
        Map<String, String> properties = new HashMap<>();
        for (XmlElement pom : poms) {
            pom.child("properties").children().forEach(one -> properties.putIfAbsent(one.name(), one.text()));
        }
        for (XmlElement pom : poms) {
            for (XmlElement profile : profiles(pom)) {
                profile.child("properties").children().forEach(one -> properties.putIfAbsent(one.name(), one.text()));
            }
        }
        return properties;
    }

    /// What a pom adds under some condition. Which conditions hold where it is built is not in the file.
    static List<XmlElement> profiles(XmlElement pom) {
        return pom.child("profiles").children("profile");
    }

    private static XmlElement parse(byte[] bytes) {
        XmlElement pom = XmlTree.read(bytes, SKIPPED);
        if (!pom.name().equals("project")) {
            throw new MalformedDocumentException("the root element is '" + pom.name() + "', not 'project'", pom.line());
        }
        return pom;
    }

    /// An empty element asks for the repository alone: the path then ends in `/`.
    private static String relativePath(XmlElement parent) {
        XmlElement given = parent.child("relativePath");
        if (given.isAbsent()) {
            return "../pom.xml";
        }
        String path = given.text().replace('\\', '/');
        if (path.isEmpty()) {
            return "/";
        }
        return path.endsWith(".xml") || path.endsWith(".pom") ? path : path + "/pom.xml";
    }

    private static boolean isWanted(XmlElement parent, XmlElement found) {
        return parent.textOf("artifactId").equals(found.textOf("artifactId"));
    }

    /// A field of the project itself, which it has from its nearest parent when it leaves it out.
    String project(String field) {
        for (XmlElement pom : poms) {
            String own = pom.textOf(field);
            if (!own.isEmpty()) {
                return own;
            }
            boolean isInherited = field.equals("groupId") || field.equals("version");
            String ofParent = isInherited ? pom.child("parent").textOf(field) : "";
            if (!ofParent.isEmpty() || !isInherited) {
                return ofParent;
            }
        }
        return "";
    }

    /// A field of `<parent>`.
    String parent(String field) {
        return poms.getFirst().child("parent").textOf(field);
    }
}

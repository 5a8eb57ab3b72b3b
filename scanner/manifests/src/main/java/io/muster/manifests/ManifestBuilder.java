package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.Printable;
import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import io.muster.versions.PackageUrl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A manifest in the making: readers add packages, edges and roots in any order, then [#finish] joins them.
///
/// A package named again is one component: it keeps its first line and takes the weightier scope. What cannot be
/// a package name is passed over with a warning and stands as [#NOTHING], which every method accepts and ignores.
final class ManifestBuilder {

    /// The position of a package that was passed over.
    static final int NOTHING = -1;

    private static final List<DependencyScope> HEAVIEST_LAST =
            List.of(DependencyScope.DEVELOPMENT, DependencyScope.OPTIONAL, DependencyScope.RUNTIME);

    private static final Pattern FORMAT = Pattern.compile("[0-9]{1,9}");

    private record Key(PackageName name, String version, PackageUrl purl) {}

    private final List<Component> components = new ArrayList<>();
    private final Map<Key, Integer> positions = new LinkedHashMap<>();
    private final SequencedMap<Integer, DependencyScope> roots = new LinkedHashMap<>();
    private final Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
    private final List<String> warnings = new ArrayList<>();
    private int warningsLeftOut;
    /// Why the component that is about to be added has no version.
    private SkipReason reason = SkipReason.NO_VERSION;
    private boolean isOfLaterFormat;
    private long[] edges = new long[64];
    private int edgeCount;

    /// Adds a package by its ecosystem's own name. What stands for a version and is none is left out and counted.
    int add(Ecosystem ecosystem, String name, String version, DependencyScope scope, int line) {
        if (isUnfit(name, version, line)) {
            return NOTHING;
        }
        String one = version(ecosystem, name, version, line);
        return named(ecosystem, name, one, scope, line);
    }

    /// Adds a copy that comes from elsewhere than the ecosystem's registry: without a version, for none of its is known
    /// to advisories.
    int addElsewhere(SkipReason why, Ecosystem ecosystem, String name, DependencyScope scope, int line) {
        if (isUnfit(name, "", line)) {
            return NOTHING;
        }
        reason = why;
        return named(ecosystem, name, "", scope, line);
    }

    /// Adds a package from wherever it comes: see [#add] and [#addElsewhere].
    int add(Optional<SkipReason> elsewhere, Ecosystem ecosystem, Named one) {
        return elsewhere
                .map(why -> addElsewhere(why, ecosystem, one.name(), one.scope(), one.line()))
                .orElseGet(() -> add(ecosystem, one.name(), one.version(), one.scope(), one.line()));
    }

    /// A package as a file names it.
    record Named(String name, String version, DependencyScope scope, int line) {}

    private int named(Ecosystem ecosystem, String name, String version, DependencyScope scope, int line) {
        try {
            var packageName = new PackageName(ecosystem, name);
            return add(new Component(packageName, version, Purls.of(ecosystem, name, version), scope, line));
        } catch (IllegalArgumentException unfit) {
            unreadable("line " + line + ": '" + name + "' is passed over: " + unfit.getMessage());
            return NOTHING;
        }
    }

    /// The version, or nothing for what is not one, and the reason to count in [#reason].
    private String version(Ecosystem ecosystem, String name, String version, int line) {
        if (VersionText.isOne(ecosystem, version)) {
            return version;
        }
        reason = version.isEmpty() ? SkipReason.NO_VERSION : SkipReason.RANGE;
        if (!version.isEmpty()) {
            warn("line " + line + ": '" + name + "' has '" + version + "' for a version, which is not one version");
        }
        return "";
    }

    /// Counts an entry that is not listed.
    void skip(SkipReason why) {
        skipped.merge(why, 1, Integer::sum);
    }

    /// Counts an entry that cannot be taken, and says why.
    void unreadable(String warning) {
        skip(SkipReason.UNREADABLE);
        warn(warning);
    }

    /// Adds a package that the file names by a package URL.
    int add(PackageUrl purl, String version, DependencyScope scope, int line) {
        PackageName name = Purls.nameOf(purl);
        if (isUnfit(name.name(), version, line)) {
            return NOTHING;
        }
        Optional<SkipReason> elsewhere = PackageOrigin.of(purl);
        if (elsewhere.isPresent()) {
            reason = elsewhere.get();
            return add(new Component(name, "", purl, scope, line));
        }
        String one = version(name.ecosystem(), name.name(), version, line);
        return add(new Component(name, one, Purls.versioned(purl, one), scope, line));
    }

    private boolean isUnfit(String name, String version, int line) {
        boolean isFit = !name.isBlank()
                && name.length() <= ManifestLimits.NAME_CHARS
                && version.length() <= ManifestLimits.NAME_CHARS
                && Printable.isHarmless(name)
                && Printable.isHarmless(version);
        if (!isFit) {
            unreadable(
                    "line " + line + ": a package is passed over: its name or version is blank, too long, or cannot be"
                            + " printed: '" + name + "'");
        }
        return !isFit;
    }

    private int add(Component component) {
        var key = new Key(component.name(), component.version(), component.purl());
        Integer known = positions.putIfAbsent(key, components.size());
        if (component.version().isEmpty()) {
            skip(reason);
        }
        if (known != null) {
            Component before = components.get(known);
            components.set(known, before.withScope(before.scope().or(component.scope())));
            return known;
        }
        if (components.size() == ManifestLimits.COMPONENTS) {
            throw new MalformedDocumentException(
                    "the file names more than " + ManifestLimits.COMPONENTS + " packages", component.line());
        }
        components.add(component);
        return components.size() - 1;
    }

    /// Says that one package needs another.
    void needs(int from, int to) {
        if (from == NOTHING || to == NOTHING || from == to) {
            return;
        }
        if (edgeCount == ManifestLimits.EDGES) {
            throw new MalformedDocumentException(
                    "the file's dependency graph has more than " + ManifestLimits.EDGES + " edges", 0);
        }
        if (edgeCount == edges.length) {
            edges = Arrays.copyOf(edges, edges.length * 2);
        }
        edges[edgeCount++] = (long) from << 32 | to;
    }

    /// Says that the project itself asks for a package.
    void direct(int component, DependencyScope scope) {
        if (component != NOTHING) {
            roots.merge(component, scope, DependencyScope::or);
        }
    }

    /// Sets a package's scope where the format tells it apart from the package.
    void scope(int component, DependencyScope scope) {
        if (component != NOTHING) {
            components.set(component, components.get(component).withScope(scope));
        }
    }

    /// Keeps a sentence for the person who reads the result.
    void warn(String warning) {
        if (warnings.size() == ManifestLimits.WARNINGS) {
            warningsLeftOut++;
            return;
        }
        warnings.add(Printable.of(warning));
    }

    /// Tells that a file is of a later version of its format than its reader knows: what that version writes elsewhere
    /// is missed.
    ///
    /// @param given as the file writes it; only its first number counts
    /// @param known the last version whose places the reader knows
    void format(String given, int known) {
        Matcher number = FORMAT.matcher(given);
        if (number.find() && Integer.parseInt(number.group()) > known) {
            isOfLaterFormat = true;
            warn("the file is of version " + given + " of its format, of which " + known
                    + " is the last one known here: packages may be missing");
        }
    }

    /// Whether [#format] told so.
    boolean isOfLaterFormat() {
        return isOfLaterFormat;
    }

    boolean hasRoots() {
        return !roots.isEmpty();
    }

    Component component(int position) {
        return components.get(position);
    }

    int size() {
        return components.size();
    }

    List<String> warnings() {
        if (warningsLeftOut == 0) {
            return List.copyOf(warnings);
        }
        var all = new ArrayList<>(warnings);
        all.add("and " + warningsLeftOut + " more warnings");
        return List.copyOf(all);
    }

    /// Gives each component the weightiest scope among the roots that reach it, for formats that mark only the
    /// roots. What no root reaches keeps the scope it was added with.
    void spreadScopes() {
        DependencyGraph graph = graph(DependencyGraph.Knowledge.EDGES);
        for (DependencyScope scope : HEAVIEST_LAST) {
            int[] beginnings = roots.entrySet().stream()
                    .filter(root -> root.getValue() == scope)
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
            for (int component : graph.reachedFrom(beginnings)) {
                scope(component, scope);
            }
        }
    }

    /// Takes as roots what no other package needs, and one member of each cycle that nothing outside needs, for
    /// formats that do not name the roots.
    void guessRoots() {
        boolean[] needed = new boolean[size()];
        for (int i = 0; i < edgeCount; i++) {
            needed[(int) edges[i]] = true;
        }
        for (int c = 0; c < size(); c++) {
            if (!needed[c]) {
                direct(c, component(c).scope());
            }
        }
        DependencyGraph.Walk walk = graph(DependencyGraph.Knowledge.EDGES).new Walk();
        roots.keySet().forEach(walk::begin);
        walk.go();
        for (int c = 0; c < size(); c++) {
            if (walk.begin(c)) {
                direct(c, component(c).scope());
                walk.go();
            }
        }
    }

    private int[] rootArray() {
        return roots.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    private DependencyGraph graph(DependencyGraph.Knowledge knowledge) {
        return DependencyGraph.of(knowledge, size(), Arrays.copyOf(edges, edgeCount), rootArray());
    }

    /// Joins everything. Without any edge or root the list is flat: every component is a root.
    Manifest finish(ManifestKind kind, String name) {
        if (edgeCount > 0) {
            if (roots.isEmpty()) {
                guessRoots();
            }
            return new Manifest(kind, name, components, graph(DependencyGraph.Knowledge.EDGES), skipped);
        }
        if (!roots.isEmpty()) {
            return new Manifest(kind, name, components, graph(DependencyGraph.Knowledge.DIRECT), skipped);
        }
        guessRoots();
        return new Manifest(kind, name, components, graph(DependencyGraph.Knowledge.NONE), skipped);
    }
}

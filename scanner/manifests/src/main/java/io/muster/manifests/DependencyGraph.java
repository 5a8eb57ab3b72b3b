package io.muster.manifests;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Who needs whom among the components of one manifest: nodes are their positions in its list.
///
/// Two int arrays hold all edges, sorted: those of component `c` are `targets[starts[c] .. starts[c + 1])`. Roots
/// are what the project itself asks for. Cycles are allowed, they occur in real lockfiles.
public final class DependencyGraph {

    /// How much of the graph the format records.
    public enum Knowledge {
        /// Roots and edges.
        EDGES,
        /// Which components are asked for by the project itself, but not who needs the others.
        DIRECT,
        /// A flat list: every component counts as a root.
        NONE
    }

    private final Knowledge knowledge;
    private final int[] starts;
    private final int[] targets;
    private final int[] roots;

    private DependencyGraph(Knowledge knowledge, int[] starts, int[] targets, int[] roots) {
        this.knowledge = knowledge;
        this.starts = starts;
        this.targets = targets;
        this.roots = roots;
    }

    /// @param edges each `from << 32 | to`, in any order, repeated or not
    static DependencyGraph of(Knowledge knowledge, int size, long[] edges, int[] roots) {
        long[] sorted = Arrays.stream(edges).sorted().distinct().toArray();
        int[] starts = new int[size + 1];
        int[] targets = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            starts[(int) (sorted[i] >>> 32) + 1]++;
            targets[i] = (int) sorted[i];
        }
        for (int c = 0; c < size; c++) {
            starts[c + 1] += starts[c];
        }
        return new DependencyGraph(
                knowledge,
                starts,
                targets,
                Arrays.stream(roots).sorted().distinct().toArray());
    }

    /// Components in the graph.
    public int size() {
        return starts.length - 1;
    }

    public Knowledge knowledge() {
        return knowledge;
    }

    /// What the project itself asks for, in ascending order.
    public IntStream roots() {
        return Arrays.stream(roots);
    }

    /// Whether the project names this component itself.
    public boolean isRoot(int component) {
        return Arrays.binarySearch(roots, component) >= 0;
    }

    /// What a component needs directly, in ascending order.
    public IntStream needsOf(int component) {
        return Arrays.stream(targets, starts[component], starts[component + 1]);
    }

    /// The same edges turned round, with the same roots: what needs a component directly.
    DependencyGraph reversed() {
        long[] turned = new long[targets.length];
        for (int from = 0; from < size(); from++) {
            for (int i = starts[from]; i < starts[from + 1]; i++) {
                turned[i] = (long) targets[i] << 32 | from;
            }
        }
        return of(knowledge, size(), turned, roots);
    }

    /// Every component that can be reached from the given ones, these included, in breadth-first order.
    int[] reachedFrom(int... beginnings) {
        var walk = new Walk();
        for (int beginning : beginnings) {
            walk.begin(beginning);
        }
        walk.go();
        return Arrays.copyOf(walk.queue, walk.filled);
    }

    /// A breadth-first walk that can be continued from further beginnings, so that all of them together cost no
    /// more than one walk over the whole graph.
    final class Walk {

        private final boolean[] seen = new boolean[size()];
        private final int[] queue = new int[size()];
        private int filled;
        private int next;

        /// Whether the component was not come upon before.
        boolean begin(int component) {
            if (seen[component]) {
                return false;
            }
            seen[component] = true;
            queue[filled++] = component;
            return true;
        }

        /// Follows all edges from where the walk began and stands.
        void go() {
            for (; next < filled; next++) {
                for (int i = starts[queue[next]]; i < starts[queue[next] + 1]; i++) {
                    begin(targets[i]);
                }
            }
        }
    }
}

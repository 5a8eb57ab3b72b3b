package io.muster.manifests;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a project comes to have a component: the shortest ways from what it asks for itself down to the component.
///
/// Built once for a manifest by one breadth-first walk from all roots; every question after that costs what its
/// answer is long. Nothing here grows with the number of ways, which can be exponential: they are counted by
/// summing over predecessors, and listed only up to a limit.
public final class DependencyPaths {

    /// Most ways listed for one component: more than a person reads, and it bounds a report.
    public static final int LISTED = 100;

    /// The shortest ways to one component.
    ///
    /// @param listed each from a root to the component, both included; in the order of component positions, at
    ///     most the limit asked for
    /// @param count how many there are; [Long#MAX_VALUE] when there are more than that
    public record Shortest(List<List<Component>> listed, long count) {

        public Shortest {
            listed = listed.stream().map(List::copyOf).toList();
        }
    }

    /// Components in all listed ways of one answer: a hostile chain of 200,000 is counted and not written out.
    public static final int STEPS_LISTED = 20_000;

    private static final int UNREACHED = Integer.MAX_VALUE;

    /// A way from its first component on; ways share their rests.
    private record Way(int first, @Nullable Way rest) {}

    private final Manifest manifest;
    private final DependencyGraph reversed;
    private final int[] distances;
    private final long[] counts;

    public DependencyPaths(Manifest manifest) {
        this.manifest = manifest;
        this.reversed = manifest.graph().reversed();
        this.distances = new int[manifest.graph().size()];
        this.counts = new long[manifest.graph().size()];
        measure();
    }

    private void measure() {
        DependencyGraph graph = manifest.graph();
        Arrays.fill(distances, UNREACHED);
        graph.roots().forEach(root -> {
            distances[root] = 0;
            counts[root] = 1;
        });
        for (int at : graph.reachedFrom(graph.roots().toArray())) {
            graph.needsOf(at).forEach(next -> {
                if (distances[next] == UNREACHED) {
                    distances[next] = distances[at] + 1;
                }
                if (distances[next] == distances[at] + 1) {
                    counts[next] = saturated(counts[next], counts[at]);
                }
            });
        }
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /// All shortest ways to a component, the first [#LISTED] of them listed. None when no root reaches it: the
    /// manifest then does not record why it is there.
    public Shortest shortestTo(int component) {
        return shortestTo(component, LISTED);
    }

    /// As above with a limit of the caller's.
    public Shortest shortestTo(int component, int limit) {
        var listed = new ArrayList<List<Component>>();
        if (distances[component] != UNREACHED) {
            list(component, limit, listed);
        }
        return new Shortest(listed, counts[component]);
    }

    /// Depth first towards the roots; every step leads one closer, so no walk is in vain and none goes round.
    private void list(int component, int limit, List<List<Component>> listed) {
        int stepsLeft = STEPS_LISTED;
        Deque<Way> open = new ArrayDeque<>();
        open.push(new Way(component, null));
        while (!open.isEmpty() && listed.size() < limit) {
            Way way = open.pop();
            int distance = distances[way.first()];
            if (distance > 0) {
                int[] before = reversed.needsOf(way.first())
                        .filter(p -> distances[p] == distance - 1)
                        .toArray();
                for (int i = before.length - 1; i >= 0; i--) {
                    open.push(new Way(before[i], way));
                }
            } else if ((stepsLeft -= distances[component] + 1) >= 0) {
                listed.add(components(way));
            } else {
                return;
            }
        }
    }

    private List<Component> components(Way way) {
        var components = new ArrayList<Component>();
        for (Way at = way; at != null; at = at.rest()) {
            components.add(manifest.components().get(at.first()));
        }
        return components;
    }

    /// The components that the project itself asks for and through which it gets this one, on any way, not only
    /// the shortest: changing their versions is how the project changes this one's. The component itself when it
    /// is a root.
    public List<Component> directFor(int component) {
        return Arrays.stream(reversed.reachedFrom(component))
                .filter(manifest.graph()::isRoot)
                .sorted()
                .mapToObj(manifest.components()::get)
                .toList();
    }

    /// The components that need this one, directly or through others, the nearest first.
    public List<Component> dependents(int component) {
        return Arrays.stream(reversed.reachedFrom(component))
                .skip(1)
                .mapToObj(manifest.components()::get)
                .toList();
    }
}

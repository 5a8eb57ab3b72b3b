package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.versions.Ecosystem;
import io.muster.versions.PackageName;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyPathsTest {

    @Test
    void only_the_shortest_paths_are_found() {
        Manifest manifest = graph("root>a root>b root>far a>x b>x far>long long>x x>deep");
        DependencyPaths paths = new DependencyPaths(manifest);

        DependencyPaths.Shortest shortest = paths.shortestTo(position(manifest, "deep"));

        assertThat(shortest.listed()).extracting(DependencyPathsTest::written).containsExactly("a x deep", "b x deep");
        assertThat(shortest.count()).isEqualTo(2);
    }

    @Test
    void the_direct_dependencies_to_change_are_those_on_any_path() {
        Manifest manifest = graph("root>a root>b root>far root>other a>x b>x far>long long>x other>y");
        DependencyPaths paths = new DependencyPaths(manifest);

        assertThat(written(paths.directFor(position(manifest, "x")))).isEqualTo("a b far");
        assertThat(written(paths.directFor(position(manifest, "other")))).isEqualTo("other");
        assertThat(written(paths.dependents(position(manifest, "x")))).isEqualTo("a b long far");
    }

    @Test
    void cycles_end() {
        Manifest manifest = graph("root>a a>b b>c c>a c>d");
        DependencyPaths paths = new DependencyPaths(manifest);

        assertThat(paths.shortestTo(position(manifest, "d")).listed())
                .extracting(DependencyPathsTest::written)
                .containsExactly("a b c d");
        assertThat(written(paths.dependents(position(manifest, "a")))).isEqualTo("c b");
    }

    @Test
    void of_exponentially_many_paths_a_few_are_listed() {
        var edges = new StringBuilder("root>s0");
        for (int layer = 0; layer < 70; layer++) {
            edges.append(" s%1$d>l%1$d s%1$d>r%1$d l%1$d>s%2$d r%1$d>s%2$d".formatted(layer, layer + 1));
        }
        Manifest manifest = graph(edges.toString());

        DependencyPaths.Shortest middle = new DependencyPaths(manifest).shortestTo(position(manifest, "s40"));
        DependencyPaths.Shortest end = new DependencyPaths(manifest).shortestTo(position(manifest, "s70"));

        assertThat(middle.count()).isEqualTo(1L << 40);
        assertThat(end.count()).isEqualTo(Long.MAX_VALUE);
        assertThat(end.listed()).hasSize(DependencyPaths.LISTED).doesNotHaveDuplicates();
    }

    @Test
    void a_chain_too_long_to_print_is_not_listed() {
        var builder = new ManifestBuilder();
        builder.direct(node(builder, "n0"), DependencyScope.RUNTIME);
        for (int i = 0; i < 30_000; i++) {
            builder.needs(node(builder, "n" + i), node(builder, "n" + (i + 1)));
        }
        Manifest manifest = builder.finish(ManifestKind.NPM_LOCK, "package-lock.json");

        DependencyPaths.Shortest shortest = new DependencyPaths(manifest).shortestTo(30_000);

        assertThat(shortest.count()).isEqualTo(1);
        assertThat(shortest.listed()).isEmpty();
    }

    @Test
    void what_no_root_reaches_has_no_path() {
        Manifest manifest = Given.manifest("go.mod", """
                module example.org/shop
                go 1.20
                require example.org/a v1.0.0
                require example.org/b v1.0.0 // indirect
                """);

        DependencyPaths paths = new DependencyPaths(manifest);

        assertThat(paths.shortestTo(1)).isEqualTo(new DependencyPaths.Shortest(List.of(), 0));
        assertThat(paths.directFor(1)).isEmpty();
    }

    @Test
    void the_blast_radius_counts_manifests_versions_and_dependents_once() {
        Manifest first = graph("root>a a>b b>x");
        Manifest second = graph("root>c c>b b>x");
        Manifest third = graph("root>y");

        BlastRadius radius = BlastRadius.of(new PackageName(Ecosystem.NPM, "x"), List.of(first, second, third));

        assertThat(radius.manifests()).isEqualTo(2);
        assertThat(radius.dependents()).isEqualTo(3);
        assertThat(radius.touched()).hasSize(2);
        assertThat(written(radius.touched().getFirst().direct())).isEqualTo("a");
        assertThat(written(radius.touched().getLast().direct())).isEqualTo("c");
        assertThat(radius.touched().getLast().dependents()).isEqualTo(2);
    }

    /// A manifest from edges `from>to`; what `root` points to is asked for by the project.
    private static Manifest graph(String edges) {
        var builder = new ManifestBuilder();
        for (String edge : edges.split(" ", -1)) {
            String from = edge.substring(0, edge.indexOf('>'));
            int to = node(builder, edge.substring(edge.indexOf('>') + 1));
            if (from.equals("root")) {
                builder.direct(to, DependencyScope.RUNTIME);
            } else {
                builder.needs(node(builder, from), to);
            }
        }
        return builder.finish(ManifestKind.NPM_LOCK, "package-lock.json");
    }

    private static int node(ManifestBuilder builder, String name) {
        return builder.add(Ecosystem.NPM, name, "", DependencyScope.RUNTIME, 0);
    }

    private static int position(Manifest manifest, String name) {
        for (int c = 0; c < manifest.components().size(); c++) {
            if (manifest.components().get(c).label().equals(name)) {
                return c;
            }
        }
        throw new AssertionError(name + " is not in the manifest");
    }

    private static String written(List<Component> path) {
        return String.join(" ", path.stream().map(Component::label).toList());
    }
}

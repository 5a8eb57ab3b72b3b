package io.muster.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One small real-looking file of each kind, in `src/test/resources/fixtures/<kind>/`, and what it must be read
/// as.
record Fixture(ManifestKind kind, String fileName) {

    static List<Fixture> all() {
        return Arrays.stream(ManifestKind.values()).map(Fixture::of).toList();
    }

    private static Fixture of(ManifestKind kind) {
        String pattern = kind.names().getFirst();
        String name = pattern.startsWith("*") ? "bookshop" + pattern.substring(1) : pattern.replace("*", "");
        return new Fixture(kind, name);
    }

    byte[] bytes() {
        return resource(fileName);
    }

    /// Lines as [#written] writes them.
    List<String> expected() {
        return new String(resource("expected.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private byte[] resource(String name) {
        String path = "/fixtures/" + kind.name().toLowerCase(Locale.ROOT) + "/" + name;
        try (InputStream in = Fixture.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("there is no fixture " + path);
            }
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// All of a reading that counts, a line each: warnings, what is skipped, then `line scope purl`, `direct`, and what
    /// it needs.
    static List<String> written(ManifestReading reading) {
        return switch (reading) {
            case ManifestReading.Refused(String reason, int line) -> List.of("refused at " + line + ": " + reason);
            case ManifestReading.Read(Manifest manifest, List<String> warnings) -> written(manifest, warnings);
        };
    }

    private static List<String> written(Manifest manifest, List<String> warnings) {
        var lines = new java.util.ArrayList<String>();
        lines.add(manifest.kind() + ", graph: " + manifest.graph().knowledge());
        warnings.forEach(warning -> lines.add("warning: " + warning));
        manifest.skipped().forEach((why, count) -> lines.add("skipped: " + count + " " + why.words()));
        for (int c = 0; c < manifest.components().size(); c++) {
            Component component = manifest.components().get(c);
            List<String> needs = manifest.graph()
                    .needsOf(c)
                    .mapToObj(to -> manifest.components().get(to).label())
                    .toList();
            lines.add(component.line() + " " + component.scope() + " " + component.purl()
                    + (manifest.graph().isRoot(c) ? " direct" : "")
                    + (needs.isEmpty() ? "" : " needs " + String.join(", ", needs)));
        }
        return lines;
    }

    @Override
    public String toString() {
        return kind.name();
    }
}

package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ways to give a reader a file and to look at what came out, for the tests of this module.
final class Given {

    private Given() {}

    static ManifestReading reading(String fileName, String text) {
        return Manifests.read(fileName, text.getBytes(StandardCharsets.UTF_8), SiblingFiles.none());
    }

    static Manifest manifest(String fileName, String text) {
        return manifest(reading(fileName, text));
    }

    static Manifest manifest(String fileName, String text, Map<String, String> beside) {
        return manifest(Manifests.read(fileName, text.getBytes(StandardCharsets.UTF_8), files(beside)));
    }

    static Manifest manifest(ManifestReading reading) {
        assertThat(reading).isInstanceOf(ManifestReading.Read.class);
        return ((ManifestReading.Read) reading).manifest();
    }

    static List<String> warnings(ManifestReading reading) {
        assertThat(reading).isInstanceOf(ManifestReading.Read.class);
        return ((ManifestReading.Read) reading).warnings();
    }

    static ManifestReading.Refused refused(String fileName, String text) {
        ManifestReading reading = reading(fileName, text);
        assertThat(reading).isInstanceOf(ManifestReading.Refused.class);
        return (ManifestReading.Refused) reading;
    }

    static SiblingFiles files(Map<String, String> files) {
        return path -> Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /// Each component as `line scope label`.
    static List<String> components(Manifest manifest) {
        return manifest.components().stream()
                .map(c -> c.line() + " " + c.scope() + " " + c.label())
                .toList();
    }

    /// Each edge as `from > to`.
    static List<String> edges(Manifest manifest) {
        var edges = new ArrayList<String>();
        for (int from = 0; from < manifest.components().size(); from++) {
            String label = manifest.components().get(from).label();
            manifest.graph()
                    .needsOf(from)
                    .mapToObj(to -> manifest.components().get(to).label())
                    .forEach(to -> edges.add(label + " > " + to));
        }
        return edges;
    }

    static List<String> roots(Manifest manifest) {
        return manifest.graph()
                .roots()
                .mapToObj(root -> manifest.components().get(root).label())
                .toList();
    }
}

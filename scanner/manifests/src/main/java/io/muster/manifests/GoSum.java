package io.muster.manifests;

import io.muster.documents.SourceText;
import io.muster.versions.Ecosystem;
import io.muster.versions.VersionOrder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// go.sum: the checksums of every module that was ever downloaded for the build. [Go Modules Reference, "go.sum
/// files"]
///
/// Lines that end in `/go.mod` are of modules whose requirements were looked at, not of modules that are built,
/// and are passed over. Of a module listed in several versions the highest counts: it is the one that Go's
/// selection of the minimal common version ends at. go.sum keeps old lines, so this can name modules that are no
/// longer used; go.mod is the better source wherever it is complete.
final class GoSum {

    private record Sum(String version, int line) {}

    private GoSum() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        addMissing(source.text(), builder);
    }

    /// Adds the modules of a go.sum that the manifest does not have yet.
    static void addMissing(String text, ManifestBuilder builder) {
        Set<String> known = new HashSet<>();
        for (int c = 0; c < builder.size(); c++) {
            known.add(builder.component(c).name().name());
        }
        Map<String, Sum> highest = new LinkedHashMap<>();
        SourceText.eachLine(text, (line, number) -> {
            List<String> words = SourceText.words(line);
            if (words.size() == 3 && !words.get(1).endsWith("/go.mod") && !known.contains(words.getFirst())) {
                highest.merge(words.getFirst(), new Sum(words.get(1), number), GoSum::higher);
            } else if (words.size() != 3 && !line.isBlank()) {
                builder.unreadable("line " + number + ": a line of go.sum is a module, a version and a hash");
            }
        });
        highest.forEach(
                (module, sum) -> builder.add(Ecosystem.GO, module, sum.version(), DependencyScope.RUNTIME, sum.line()));
    }

    private static Sum higher(Sum a, Sum b) {
        return VersionOrder.SEMANTIC.compare(a.version(), b.version()) >= 0 ? a : b;
    }
}

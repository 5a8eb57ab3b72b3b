package io.muster.api;

import io.muster.client.AuditRequest;
import io.muster.client.ManifestDocument;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.manifests.Component;
import io.muster.manifests.ManifestReading;
import io.muster.manifests.Manifests;
import io.muster.manifests.SiblingFiles;
import io.muster.versions.PackageUrl;
import io.muster.versions.PackageUrlAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What an audit's manifests and list of packages come to: the packages to look up, each once, and what had to be
/// passed over.
///
/// @param candidates package URLs with versions, in the order in which the files first name them
/// @param notices one sentence each, for people
record AuditPlan(List<String> candidates, List<String> notices) {
    AuditPlan {
        candidates = List.copyOf(candidates);
        notices = List.copyOf(notices);
    }

    /// Reads both; a manifest or package URL that cannot be read at all is the caller's mistake.
    static AuditPlan of(AuditRequest request) {
        var candidates = new LinkedHashSet<String>();
        var notices = new ArrayList<String>();
        for (int place = 0; place < request.manifests().size(); place++) {
            ManifestDocument file = request.manifests().get(place);
            byte[] content = file.content().getBytes(StandardCharsets.UTF_8);
            switch (Manifests.read(file.name(), content, besides(request.manifests()))) {
                case ManifestReading.Read(var manifest, var warnings) -> {
                    warnings.forEach(warning -> notices.add(file.name() + ": " + warning));
                    take(manifest.components(), candidates, notices);
                }
                case ManifestReading.Refused(var reason, var line) ->
                    throw Refusal.at(
                                    ProblemType.INVALID,
                                    "/manifests/" + place,
                                    file.name() + (line > 0 ? ", line " + line : "") + ": " + reason)
                            .refused();
            }
        }
        for (int place = 0; place < request.packages().size(); place++) {
            candidates.add(candidate(request.packages().get(place), place));
        }
        return new AuditPlan(List.copyOf(candidates), notices);
    }

    /// The package URL in its one normal form, so that a package named in two ways is looked up once.
    private static String candidate(String text, int place) {
        return switch (PackageUrl.parse(text)) {
            case PackageUrlAnswer.Valid(PackageUrl purl) when !purl.version().isEmpty() -> purl.toString();
            case PackageUrlAnswer.Valid _ -> throw refused(place, text + " has no version to look up");
            case PackageUrlAnswer.Malformed(var _, String reason) -> throw refused(place, text + ": " + reason);
        };
    }

    private static RequestRefused refused(int place, String reason) {
        return Refusal.at(ProblemType.INVALID, "/packages/" + place, reason).refused();
    }

    private static void take(List<Component> components, LinkedHashSet<String> candidates, List<String> notices) {
        for (Component component : components) {
            if (component.version().isEmpty()) {
                notices.add(component.label() + " has no version to look up");
            } else {
                candidates.add(component.purl().toString());
            }
        }
    }

    /// Formats that spread over files find the others in the same request.
    private static SiblingFiles besides(List<ManifestDocument> manifests) {
        return path -> manifests.stream()
                .filter(manifest -> manifest.name().equals(path))
                .findFirst()
                .map(manifest -> manifest.content().getBytes(StandardCharsets.UTF_8));
    }
}

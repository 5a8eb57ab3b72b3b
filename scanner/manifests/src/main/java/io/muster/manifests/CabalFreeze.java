package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.versions.Ecosystem;
import java.util.List;

/// cabal.project.freeze: the versions of everything that is built, as constraints `any.name ==1.0`, flat. [Cabal User
/// Guide, "cabal freeze"]
///
/// Constraints that set flags name no version and are no entries.
final class CabalFreeze {

    private static final String CONSTRAINTS = "constraints:";

    private final ManifestBuilder builder;
    private boolean isInConstraints;
    private boolean hasConstraints;

    private CabalFreeze(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        var freeze = new CabalFreeze(builder);
        SourceText.eachLine(source.text(), freeze::line);
        if (!freeze.hasConstraints) {
            throw new MalformedDocumentException("'constraints:' is missing: this is not a cabal.project.freeze", 1);
        }
    }

    private void line(String raw, int number) {
        String bare = raw.strip();
        if (bare.isEmpty() || bare.startsWith("--")) {
            return;
        }
        boolean isField = !Character.isWhitespace(raw.charAt(0));
        if (isField) {
            isInConstraints = bare.startsWith(CONSTRAINTS);
            hasConstraints |= isInConstraints;
        }
        if (isInConstraints) {
            String rest = isField ? bare.substring(CONSTRAINTS.length()) : bare;
            for (String constraint : rest.split(",", -1)) {
                constraint(SourceText.words(constraint), number);
            }
        }
    }

    private void constraint(List<String> words, int number) {
        if (words.isEmpty()) {
            return;
        }
        String first = words.getFirst();
        int operator = first.indexOf("==");
        String scoped = operator < 0 ? first : first.substring(0, operator);
        String name = scoped.startsWith("any.") ? scoped.substring("any.".length()) : scoped;
        String rest = operator < 0
                ? String.join(" ", words.subList(1, words.size()))
                : String.join(" ", words).substring(operator);
        if (rest.startsWith("+") || rest.startsWith("-")) {
            return;
        }
        String version = rest.startsWith("==") ? rest.substring(2).strip() : rest;
        builder.add(
                Ecosystem.HACKAGE, name, version.equals("installed") ? "" : version, DependencyScope.RUNTIME, number);
    }
}

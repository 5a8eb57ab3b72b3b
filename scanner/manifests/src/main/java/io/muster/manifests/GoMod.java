package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// go.mod. [Go Modules Reference, "go.mod files"]
///
/// `require` without `// indirect` is a root; who needs the indirect ones is not recorded. `replace` by another
/// module or version takes its place; a module replaced by a folder has no version and is passed over. Before Go
/// 1.17 indirect modules were left out of go.mod, so they are taken from the go.sum beside it. The standard
/// library is not a component: the `go` line gives the oldest Go that will do, not the one that builds.
final class GoMod {

    private record Module(String path, String version) {}

    private record Required(Module module, Directness directness, int line) {}

    private enum Directness {
        DIRECT,
        INDIRECT
    }

    private static final Pattern BEFORE_117 = Pattern.compile("1\\.([0-9]|1[0-6])(\\..*)?");

    private final ManifestBuilder builder;
    private final List<Required> required = new ArrayList<>();
    private final Map<Module, Module> replacements = new HashMap<>();
    private String block = "";
    private String goVersion = "";
    private boolean hasModule;

    private GoMod(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        var mod = new GoMod(builder);
        SourceText.eachLine(source.text(), mod::line);
        if (!mod.hasModule) {
            throw new MalformedDocumentException("there is no 'module' line: this is not a go.mod", 1);
        }
        mod.required.forEach(mod::add);
        if (mod.isBefore117()) {
            source.beside("go.sum")
                    .ifPresentOrElse(
                            bytes -> GoSum.addMissing(SourceText.decode(bytes), builder),
                            () -> builder.warn(
                                    "go.mod of before Go 1.17 leaves out what is needed indirectly, and there is"
                                            + " no go.sum beside it"));
        }
    }

    private void line(String raw, int number) {
        int slashes = raw.indexOf("//");
        String comment = slashes < 0 ? "" : raw.substring(slashes + 2).strip();
        String bare = (slashes < 0 ? raw : raw.substring(0, slashes)).strip();
        if (bare.isEmpty()) {
            return;
        }
        if (bare.equals(")")) {
            block = "";
            return;
        }
        List<String> words = SourceText.words(bare);
        if (!block.isEmpty()) {
            statement(block, words, comment, number);
        } else if (words.getLast().equals("(")) {
            block = words.getFirst();
        } else {
            statement(words.getFirst(), words.subList(1, words.size()), comment, number);
        }
    }

    private void statement(String verb, List<String> words, String comment, int line) {
        switch (verb) {
            case "module" -> hasModule = true;
            case "go" -> goVersion = words.isEmpty() ? "" : words.getFirst();
            case "require" -> require(words, comment, line);
            case "replace" -> replace(words, line);
            default -> {} // exclude, retract, toolchain, tool, godebug, ignore: nothing that is built in
        }
    }

    private void require(List<String> words, String comment, int line) {
        if (words.size() < 2) {
            throw new MalformedDocumentException("a require needs a module and a version", line);
        }
        var directness = comment.startsWith("indirect") ? Directness.INDIRECT : Directness.DIRECT;
        required.add(new Required(module(words), directness, line));
    }

    private void replace(List<String> words, int line) {
        int arrow = words.indexOf("=>");
        if (arrow < 1 || arrow == words.size() - 1) {
            throw new MalformedDocumentException("a replace needs a module, '=>' and what takes its place", line);
        }
        List<String> place = words.subList(arrow + 1, words.size());
        Module old = arrow > 1 ? module(words) : new Module(unquoted(words.getFirst()), "");
        replacements.put(old, place.size() > 1 ? module(place) : new Module("", ""));
    }

    private static Module module(List<String> words) {
        return new Module(unquoted(words.getFirst()), unquoted(words.get(1)));
    }

    private static String unquoted(String word) {
        boolean isQuoted = word.length() > 1 && (word.startsWith("\"") || word.startsWith("`"));
        return isQuoted ? word.substring(1, word.length() - 1) : word;
    }

    private void add(Required one) {
        Module anyVersion = new Module(one.module().path(), "");
        Module used = replacements.getOrDefault(one.module(), replacements.getOrDefault(anyVersion, one.module()));
        if (used.path().isEmpty()) {
            builder.skip(SkipReason.FOLDER);
            builder.warn(
                    "line " + one.line() + ": '" + one.module().path() + "' is replaced by a folder and passed over");
            return;
        }
        int component = builder.add(Ecosystem.GO, used.path(), used.version(), DependencyScope.RUNTIME, one.line());
        if (one.directness() == Directness.DIRECT) {
            builder.direct(component, DependencyScope.RUNTIME);
        }
    }

    private boolean isBefore117() {
        return goVersion.isEmpty() || BEFORE_117.matcher(goVersion).matches();
    }
}

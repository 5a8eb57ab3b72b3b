package io.muster.manifests;

import io.muster.documents.MalformedDocumentException;
import io.muster.documents.SourceText;
import io.muster.versions.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gemfile.lock and gems.locked of Bundler. [bundler, `lockfile_parser.rb`]
///
/// Sections at the margin; below `specs:` gems by four blanks and what they need by six. Gems of a `PATH` section
/// lie in the project's own folders and are not components; what they need are roots, as is what `DEPENDENCIES`
/// lists. Copies of a gem for several platforms are one component. The file does not tell groups apart.
final class GemfileLock {

    private record Need(String from, String to) {}

    /// @param remotes of the section that the gem stands in, known when the section was read
    private record Spec(String name, String version, String section, List<String> remotes, int line) {}

    private final ManifestBuilder builder;
    private final Map<String, Integer> gems = new HashMap<>();
    private final List<Need> needs = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private final List<Spec> specs = new ArrayList<>();
    private final List<List<String>> sources = new ArrayList<>();
    private String section = "";
    private String gem = "";

    private GemfileLock(ManifestBuilder builder) {
        this.builder = builder;
    }

    static void read(ManifestSource source, ManifestBuilder builder) {
        var lock = new GemfileLock(builder);
        SourceText.eachLine(source.text(), lock::line);
        lock.list();
        for (Need need : lock.needs) {
            builder.needs(lock.position(need.from()), lock.position(need.to()));
        }
        lock.wanted.forEach(name -> builder.direct(lock.position(name), DependencyScope.RUNTIME));
    }

    private int position(String name) {
        return gems.getOrDefault(name, ManifestBuilder.NOTHING);
    }

    private void line(String line, int number) {
        String bare = line.strip();
        if (bare.isEmpty()) {
            return;
        }
        int indent = line.length() - line.stripLeading().length();
        if (indent == 0) {
            section = bare;
            sources.add(new ArrayList<>());
            gem = "";
        } else if (section.equals("DEPENDENCIES")) {
            wanted.add(nameOf(bare));
        } else if (isSpecs() && bare.startsWith("remote:")) {
            sources.getLast().add(bare.substring("remote:".length()).strip());
        } else if (isSpecs() && indent == 4) {
            gem(bare, number);
        } else if (isSpecs() && indent == 6) {
            need(bare, number);
        }
    }

    private boolean isSpecs() {
        return section.equals("GEM")
                || section.equals("GIT")
                || section.equals("PATH")
                || section.equals("PLUGIN SOURCE");
    }

    private void gem(String spec, int number) {
        gem = nameOf(spec);
        if (section.equals("PATH")) {
            builder.skip(SkipReason.FOLDER);
            return;
        }
        int open = spec.indexOf('(');
        int close = spec.lastIndexOf(')');
        if (open < 0 || close < open) {
            builder.unreadable("line " + number + ": '" + spec + "' is not 'name (version)' and is passed over");
            return;
        }
        String version = withoutPlatform(spec.substring(open + 1, close));
        specs.add(new Spec(gem, version, section, sources.getLast(), number));
    }

    /// Which registry is another one shows when all sections are read.
    private void list() {
        var registries = Registries.of(
                Registries.RUBYGEMS,
                specs.stream()
                        .filter(spec -> spec.section().equals("GEM"))
                        .flatMap(spec -> spec.remotes().stream())
                        .toList());
        for (Spec spec : specs) {
            Optional<SkipReason> elsewhere = switch (spec.section()) {
                case "GIT" -> Optional.of(SkipReason.GIT);
                case "GEM" -> other(registries, spec.remotes());
                default -> Optional.of(SkipReason.ADDRESS);
            };
            var named = new ManifestBuilder.Named(spec.name(), spec.version(), DependencyScope.RUNTIME, spec.line());
            gems.put(spec.name(), builder.add(elsewhere, Ecosystem.RUBYGEMS, named));
        }
    }

    /// A section of several remotes does not say which of them a gem is from: the public one counts.
    private static Optional<SkipReason> other(Registries registries, List<String> remotes) {
        List<Optional<SkipReason>> each =
                remotes.stream().map(registries::origin).toList();
        return each.isEmpty() || each.contains(Optional.<SkipReason>empty()) ? Optional.empty() : each.getFirst();
    }

    private void need(String spec, int number) {
        if (gem.isEmpty()) {
            throw new MalformedDocumentException("a dependency stands before the first gem", number);
        }
        if (section.equals("PATH")) {
            wanted.add(nameOf(spec));
        } else {
            needs.add(new Need(gem, nameOf(spec)));
        }
    }

    /// `name`, `name (= 1.0)`, `name!`
    private static String nameOf(String spec) {
        int blank = spec.indexOf(' ');
        String name = blank < 0 ? spec : spec.substring(0, blank);
        return name.endsWith("!") ? name.substring(0, name.length() - 1) : name;
    }

    /// A gem's version has no `-`; what follows one is the platform it was built for.
    private static String withoutPlatform(String version) {
        int dash = version.indexOf('-');
        return dash < 0 ? version : version.substring(0, dash);
    }
}

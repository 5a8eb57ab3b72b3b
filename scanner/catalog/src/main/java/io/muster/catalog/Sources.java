package io.muster.catalog;

import io.muster.advisories.AdvisoryReader;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Finds the documents that may be advisories: `*.json`, `*.yaml`, `*.yml`, and the same inside `*.zip`, in a folder
/// tree or given as one file.
///
/// Names are visited in sorted order, so two walks over the same files tell the same story. Symbolic links below the
/// starting point are not followed: a link out of the tree would take in files that its owner never meant to publish,
/// and a link back into it would never end.
final class Sources {

    /// Deeper trees are refused; the bulk download is three deep.
    private static final int MAX_DEPTH = 32;

    /// Hears what the walk finds, in order.
    interface Visitor {
        void document(SourceEntry document);

        void problem(ImportProblem problem);
    }

    private final Path start;
    private final Visitor visitor;

    private Sources(Path start, Visitor visitor) {
        this.start = start;
        this.visitor = visitor;
    }

    /// Visits everything below `start`, which may itself be a link; throws when `start` cannot be read at all.
    static void walk(Path start, Visitor visitor) throws IOException {
        Path real = start.toRealPath();
        var sources = new Sources(real, visitor);
        if (Files.isDirectory(real)) {
            sources.folder(real, 0);
        } else {
            sources.file(real);
        }
    }

    /// Whether a file of this name may hold advisories.
    static boolean isDocument(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".json") || isYaml(lower);
    }

    static boolean isYaml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    private static boolean isArchive(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private void folder(Path folder, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            visitor.problem(new ImportProblem(name(folder), "folders nested deeper than " + MAX_DEPTH));
            return;
        }
        List<Path> children;
        try (var listing = Files.list(folder)) {
            children = listing.sorted().toList();
        }
        for (Path child : children) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                folder(child, depth + 1);
            } else {
                file(child);
            }
        }
    }

    private void file(Path file) {
        String name = name(file);
        if (!isDocument(name) && !isArchive(name)) {
            return;
        }
        if (Files.isSymbolicLink(file)) {
            visitor.problem(new ImportProblem(name, "symbolic links are not followed"));
            return;
        }
        if (!Files.isRegularFile(file)) {
            visitor.problem(new ImportProblem(name, "not a regular file"));
            return;
        }
        try {
            if (isArchive(name)) {
                new Archive(file, name, visitor).walk();
                return;
            }
            long size = Files.size(file);
            if (size > AdvisoryReader.MAX_RECORD_BYTES) {
                visitor.problem(tooLarge(name, size));
                return;
            }
            visitor.document(new SourceEntry(name, Bytes.wrap(Files.readAllBytes(file))));
        } catch (IOException e) {
            visitor.problem(new ImportProblem(name, "cannot be read: " + e.getMessage()));
        }
    }

    static ImportProblem tooLarge(String name, long size) {
        return new ImportProblem(
                name, size + " bytes are more than a record may have, which is " + AdvisoryReader.MAX_RECORD_BYTES);
    }

    private String name(Path path) {
        var named = path.equals(start) ? path.getFileName() : start.relativize(path);
        return String.valueOf(named).replace('\\', '/');
    }
}

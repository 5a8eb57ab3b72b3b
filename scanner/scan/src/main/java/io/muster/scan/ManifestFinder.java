package io.muster.scan;

import io.muster.manifests.ManifestLimits;
import io.muster.manifests.ManifestReading;
import io.muster.manifests.Manifests;
import io.muster.manifests.SiblingFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the manifests below a folder and reads them, with the files beside them where a format needs those.
///
/// What is passed over, because it holds other people's manifests or none: folders whose name begins with a dot,
/// and those in [#PASSED_OVER]; symbolic links; go.sum beside a go.mod, which is read through it when needed.
/// Files are found by name; an SBOM of another name is read when it is given as the root itself. Nothing outside
/// the root is ever opened, whatever path a manifest names.
public final class ManifestFinder {

    /// Folders of installed packages and build output.
    public static final Set<String> PASSED_OVER = Set.of(
            "node_modules", "bower_components", "vendor", "site-packages", "venv", "__pycache__", "target", "Pods");

    /// A source tree deeper than this is a loop or an attack.
    public static final int DEPTH = 64;

    /// Manifests below one root; the largest monorepo known to us has some 4,000.
    public static final int MANIFESTS = 20_000;

    /// What the walk came upon.
    ///
    /// @param files in the order of their names
    /// @param problems folders that could not be read, and limits that were met, each a sentence
    public record Walk(List<Path> files, List<String> problems) {

        public Walk {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
        }
    }

    private final Path root;
    private final Path fence;
    private final List<PathMatcher> excluded;

    /// @param root a folder, or one file
    public ManifestFinder(Path root) {
        this(root, List.of());
    }

    /// @param excluded what is passed over besides, by its path below the root or by its name alone
    public ManifestFinder(Path root, List<PathMatcher> excluded) {
        this.root = followed(root.toAbsolutePath().normalize());
        this.excluded = List.copyOf(excluded);
        this.fence = Files.isDirectory(this.root) ? this.root : parentOf(this.root);
    }

    /// A folder that is asked for by a link is the folder it leads to: links are passed over only below it.
    private static Path followed(Path root) {
        try {
            return Files.isSymbolicLink(root) && Files.isDirectory(root) ? root.toRealPath() : root;
        } catch (IOException unreadable) {
            return root; // the walk then says what it cannot look at
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /// Walks the folder. A root that is a file is the only one found, whatever its name.
    public Walk walk() {
        if (Files.isRegularFile(root)) {
            return new Walk(List.of(root), List.of());
        }
        var visitor = new Visitor();
        try {
            Files.walkFileTree(root, Set.of(), DEPTH, visitor);
        } catch (IOException failed) {
            visitor.problems.add("cannot walk '" + root + "': " + failed.getMessage());
        }
        visitor.files.removeIf(this::isReadThroughAnother);
        visitor.files.sort(null);
        return new Walk(visitor.files, visitor.problems);
    }

    /// What the walk begins at.
    Path root() {
        return root;
    }

    private boolean isExcluded(Path file) {
        Path relative = fence.relativize(file);
        return excluded.stream().anyMatch(it -> it.matches(relative) || it.matches(file.getFileName()));
    }

    private boolean isReadThroughAnother(Path file) {
        return file.endsWith("go.sum") && Files.isRegularFile(file.resolveSibling("go.mod"));
    }

    /// The file's name seen from the root, with `/` between its parts: what reports call it.
    public String nameOf(Path file) {
        return fence.relativize(file).toString().replace('\\', '/');
    }

    /// Reads one file. A file that cannot be opened is refused, as one that cannot be understood is.
    public ManifestReading read(Path file) {
        try {
            long size = Files.size(file);
            if (size > ManifestLimits.MANIFEST_BYTES) {
                return new ManifestReading.Refused(
                        "the file has " + size + " bytes, more than the " + ManifestLimits.MANIFEST_BYTES + " allowed",
                        0);
            }
            return Manifests.read(nameOf(file), Files.readAllBytes(file), beside(file));
        } catch (IOException failed) {
            return new ManifestReading.Refused("the file cannot be opened: " + failed.getMessage(), 0);
        }
    }

    private SiblingFiles beside(Path file) {
        Path folder = parentOf(file);
        return path -> {
            try {
                Path wanted = folder.resolve(path).normalize();
                return isInside(wanted) && Files.size(wanted) <= ManifestLimits.MANIFEST_BYTES
                        ? Optional.of(Files.readAllBytes(wanted))
                        : Optional.empty();
            } catch (IOException | IllegalArgumentException unreadable) {
                return Optional.empty(); // the reader then warns, with the line that names the file
            }
        };
    }

    /// Also after symbolic links are resolved: a link inside the root may point out of it.
    private boolean isInside(Path file) throws IOException {
        return file.startsWith(fence)
                && Files.isRegularFile(file)
                && file.toRealPath().startsWith(fence.toRealPath());
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final List<Path> files = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.equals(root) ? "" : String.valueOf(folder.getFileName());
            boolean isPassedOver =
                    name.startsWith(".") || PASSED_OVER.contains(name) || !name.isEmpty() && isExcluded(folder);
            return isPassedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()
                    || isExcluded(file)
                    || Manifests.kindOf(nameOf(file)).isEmpty()) {
                return FileVisitResult.CONTINUE;
            }
            if (files.size() == MANIFESTS) {
                problems.add("stopped at '" + file + "': there are more than " + MANIFESTS + " manifests");
                return FileVisitResult.TERMINATE;
            }
            files.add(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) {
            problems.add("cannot look at '" + file + "': " + failed.getMessage());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) {
            if (failed != null) {
                problems.add("cannot list all of '" + folder + "': " + failed.getMessage());
            }
            return FileVisitResult.CONTINUE;
        }
    }
}

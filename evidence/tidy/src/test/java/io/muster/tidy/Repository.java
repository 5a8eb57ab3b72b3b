package io.muster.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The project's own files, found from the folder the tests run in.
final class Repository {
    static final Path ROOT = findRoot();

    private Repository() {}

    /// Every Java source of the project, tests included, in a fixed order.
    static List<Path> javaSources() {
        return files(".java");
    }

    /// Every file of the project with this ending, build output left out, in a fixed order.
    static List<Path> files(String ending) {
        try (var walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().endsWith(ending))
                    .filter(Repository::isOwn)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot walk " + ROOT, e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static boolean isOwn(Path path) {
        for (Path part : ROOT.relativize(path)) {
            String name = part.toString();
            if (name.equals("target") || name.equals(".git") || name.equals("node_modules")) {
                return false;
            }
        }
        return true;
    }

    private static Path findRoot() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("scripts/find-jdk"))) {
                return folder;
            }
        }
        throw new IllegalStateException("the tests do not run inside the project: scripts/find-jdk is nowhere above");
    }
}

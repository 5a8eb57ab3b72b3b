package io.muster.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.tools.ToolProvider;

/// The program with one rule broken: a source of the product is changed in one place, compiled beside the rest, and the
/// simulator is loaded on top of it.
///
/// @param rule what is broken, as a sentence
/// @param seed one that was seen to find it; where the program or the simulator changed since, another may be needed
/// @param source the file, from the project's root
/// @param right the text that keeps the rule; it must stand there exactly once
/// @param wrong what stands there instead
/// @param subject what is run: [Simulation], or [StoreLives] for what only real files show
record Mutant(String rule, long seed, String source, String right, String wrong, Class<?> subject) {
    Mutant(String rule, long seed, String source, String right, String wrong) {
        this(rule, seed, source, right, wrong, Simulation.class);
    }

    Mutant underRealFiles() {
        return new Mutant(rule, seed, source, right, wrong, StoreLives.class);
    }

    /// Runs the seed that is known to show the broken rule, and where it does not, seeds from 1 to `limit`; returns the
    /// one that did, or -1.
    long seedThatFinds(long limit, Path folder) {
        return firstOf(LongStream.concat(LongStream.of(seed), LongStream.rangeClosed(1, limit)), folder);
    }

    /// Runs seeds from 1 to `limit` until one shows the broken rule; returns how many it took, or -1.
    long seedsToFind(long limit, Path folder) {
        return firstOf(LongStream.rangeClosed(1, limit), folder);
    }

    private long firstOf(LongStream seeds, Path folder) {
        compile(folder);
        try (var loader = new URLClassLoader(classPath(folder), ClassLoader.getPlatformClassLoader())) {
            var changed = loader.loadClass(subject.getName());
            for (long next : seeds.toArray()) {
                if (isFound(changed, next)) {
                    return next;
                }
            }
            return -1;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot run the mutant '" + rule + "'", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFound(Class<?> changed, long seed) throws ReflectiveOperationException {
        var made = changed.getConstructor(long.class).newInstance(seed);
        try {
            changed.getMethod("run").invoke(made);
            return false;
        } catch (java.lang.reflect.InvocationTargetException e) {
            String kind = String.valueOf(e.getCause()).lines().findFirst().orElse("");
            if (kind.startsWith(ViolationException.class.getName())) {
                return true;
            }
            throw e;
        }
    }

    /// Whether the text that keeps the rule stands exactly once in its source.
    boolean findsItsPlace() {
        return text().split(Pattern.quote(right), -1).length == 2;
    }

    private String text() {
        Path file = root().resolve(source);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void compile(Path folder) {
        try {
            if (!findsItsPlace()) {
                throw new IllegalStateException(source + " does not say exactly once: " + right);
            }
            Path mutated = folder.resolve(Path.of(source).getFileName());
            Files.writeString(mutated, text().replace(right, wrong));
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-nowarn",
                            "-d",
                            folder.toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            mutated.toString());
            if (result != 0) {
                throw new IllegalStateException("the mutant '" + rule + "' does not compile");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the mutant '" + rule + "'", e);
        }
    }

    private static URL[] classPath(Path mutated) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(mutated.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("scripts/find-jdk"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("the tests do not run inside the project");
        }
        return folder;
    }

    @Override
    public String toString() {
        return rule;
    }
}

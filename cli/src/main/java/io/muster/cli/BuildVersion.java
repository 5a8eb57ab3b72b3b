package io.muster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Which build this is: number and commit as the build wrote them down, and the JDK it runs on.
final class BuildVersion implements IVersionProvider {
    /// What a build outside of a repository, or by Maven alone, has for a commit.
    private static final String NO_COMMIT = "unknown";

    static String number() {
        return properties().getProperty("version", "of this source tree");
    }

    static String commit() {
        return properties().getProperty("commit", NO_COMMIT);
    }

    static String jdk() {
        return System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    private static Properties properties() {
        var properties = new Properties();
        try (var in = BuildVersion.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which build this is", e);
        }
        return properties;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"muster " + number() + "  commit " + commit() + "  JDK " + jdk()};
    }
}

package io.muster.manifests;

import io.muster.documents.SourceText;
import io.muster.versions.Ecosystem;
import java.util.List;
import java.util.regex.Pattern;

/// gradle.lockfile: `group:artifact:version=configuration,configuration`, flat. [Gradle, "Locking dependency
/// versions"]
///
/// The single-configuration files of before Gradle 7 (`gradle/dependency-locks/*.lockfile`) have no `=`; there
/// the file's name is the configuration. A package is for development when every configuration that has it is of
/// the tests or of a build tool.
final class GradleLock {

    private static final Pattern DEVELOPMENT_CONFIGURATION = Pattern.compile(
            "(test|androidTest|jmh|integrationTest)([A-Z].*)?|.*(Test|AndroidTest)[A-Z].*|.*[aA]nnotationProcessor"
                    + "|kapt.*|ksp.*|checkstyle|pmd.*|spotbugs.*|jacoco.*|detekt.*|ktlint.*|errorprone.*"
                    + "|buildscript.*");

    private GradleLock() {}

    static void read(ManifestSource source, ManifestBuilder builder) {
        String fileName = source.baseName();
        String ofFile = fileName.substring(0, Math.max(0, fileName.lastIndexOf('.')));
        SourceText.eachLine(source.text(), (line, number) -> {
            String bare = line.strip();
            if (!bare.isEmpty() && !bare.startsWith("#") && !bare.startsWith("empty=")) {
                locked(bare, ofFile, number, builder);
            }
        });
    }

    private static void locked(String line, String ofFile, int number, ManifestBuilder builder) {
        int equals = line.indexOf('=');
        String coordinates = equals < 0 ? line : line.substring(0, equals);
        int lastColon = coordinates.lastIndexOf(':');
        if (lastColon <= 0 || coordinates.indexOf(':') == lastColon) {
            builder.unreadable("line " + number + ": '" + line
                    + "' is not group:artifact:version=configurations and is passed over");
            return;
        }
        String configurations = equals < 0 ? ofFile : line.substring(equals + 1);
        boolean isBuildscript = ofFile.startsWith("buildscript") || ofFile.startsWith("settings");
        DependencyScope scope =
                isBuildscript || isDevelopment(configurations) ? DependencyScope.DEVELOPMENT : DependencyScope.RUNTIME;
        String name = coordinates.substring(0, lastColon);
        builder.add(Ecosystem.MAVEN, name, coordinates.substring(lastColon + 1), scope, number);
    }

    private static boolean isDevelopment(String configurations) {
        return List.of(configurations.split(",", -1)).stream()
                .allMatch(one -> DEVELOPMENT_CONFIGURATION.matcher(one).matches());
    }
}

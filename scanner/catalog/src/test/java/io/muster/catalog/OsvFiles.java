package io.muster.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes small advisory files and archives for tests.
public final class OsvFiles {

    private OsvFiles() {}

    /// A record that affects every version of an npm package below `fixed`.
    public static String record(String id, String name, String fixed) {
        return record(id, name, fixed, "2024-01-01T00:00:00Z");
    }

    public static String record(String id, String name, String fixed, String modified) {
        return """
                {"id": "%s", "modified": "%s", "aliases": ["CVE-%s"], "summary": "About %s",
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"}, "ranges": [
                   {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """.formatted(id, modified, id, name, name, fixed);
    }

    /// The same as [#record] in YAML.
    static String yamlRecord(String id, String name, String fixed) {
        return """
                id: %s
                modified: 2024-01-01T00:00:00Z
                aliases: [CVE-%s]
                summary: About %s
                affected:
                - package: {ecosystem: npm, name: %s}
                  ranges:
                  - type: SEMVER
                    events:
                    - introduced: "0"
                    - fixed: "%s"
                """.formatted(id, id, name, name, fixed);
    }

    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// Writes an archive whose entries alternate name and content.
    static void zip(Path file, String... namesAndTexts) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            entries.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        zip(file, entries);
    }

    static void zip(Path file, Map<String, byte[]> entries) throws IOException {
        Files.createDirectories(file.getParent());
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}

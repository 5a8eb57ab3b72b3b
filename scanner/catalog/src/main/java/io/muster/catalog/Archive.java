package io.muster.catalog;

import io.muster.advisories.AdvisoryReader;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Reads the documents of one zip archive without trusting a word of its directory.
///
/// Nothing is ever written under an entry's name. Entries whose names leave the archive, that hold more than a record
/// may, that inflate like a bomb or whose checksum is wrong are reported and passed over; once an archive as a whole
/// has inflated like a bomb, the rest of it is.
final class Archive {

    /// The most entries looked at; the largest bulk download has some 400,000.
    static final int MAX_ENTRIES = 4_000_000;

    /// How many times larger than its compressed form an entry, and all entries together, may be. Records compress
    /// four- to thirtyfold, those that list every version of a package up to a hundredfold, a bomb a thousandfold.
    static final int MAX_RATIO = 250;

    /// Below this size nothing is called a bomb.
    static final int HARMLESS_BYTES = 1 << 20;

    private final Path file;
    private final String name;
    private final Sources.Visitor visitor;
    private long inflated;

    Archive(Path file, String name, Sources.Visitor visitor) {
        this.file = file;
        this.name = name;
        this.visitor = visitor;
    }

    void walk() throws IOException {
        long budget = Math.max(HARMLESS_BYTES, MAX_RATIO * Files.size(file));
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                visitor.problem(new ImportProblem(name, zip.size() + " entries are more than " + MAX_ENTRIES));
                return;
            }
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && Sources.isDocument(entry.getName())) {
                    read(zip, entry);
                }
                if (inflated > budget) {
                    visitor.problem(
                            new ImportProblem(name, "inflates more than " + MAX_RATIO + "-fold; the rest is left"));
                    return;
                }
            }
        }
    }

    private void read(ZipFile zip, ZipEntry entry) {
        String entryName = name + "!" + entry.getName();
        if (leavesArchive(entry.getName())) {
            visitor.problem(new ImportProblem(entryName, "the name leads out of the archive"));
            return;
        }
        try (var stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(AdvisoryReader.MAX_RECORD_BYTES + 1);
            inflated += bytes.length;
            if (bytes.length > AdvisoryReader.MAX_RECORD_BYTES) {
                visitor.problem(Sources.tooLarge(entryName, bytes.length));
            } else if (bytes.length > Math.max(HARMLESS_BYTES, MAX_RATIO * entry.getCompressedSize())) {
                visitor.problem(new ImportProblem(entryName, "inflates more than " + MAX_RATIO + "-fold"));
            } else if (checksum(bytes) != entry.getCrc()) {
                visitor.problem(new ImportProblem(entryName, "its checksum is wrong: the archive is damaged"));
            } else {
                visitor.document(new SourceEntry(entryName, Bytes.wrap(bytes)));
            }
        } catch (IOException e) {
            visitor.problem(new ImportProblem(entryName, "cannot be inflated: " + e.getMessage()));
        }
    }

    private static long checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static boolean leavesArchive(String name) {
        String path = name.replace('\\', '/');
        return path.startsWith("/")
                || path.equals("..")
                || path.startsWith("../")
                || path.contains("/../")
                || path.endsWith("/..")
                || path.length() > 1 && path.charAt(1) == ':';
    }
}

package io.muster.node;

import io.muster.access.KeyText;
import io.muster.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;

/// A file that holds one API key and that only its owner can read (mode 0600).
final class KeyFile {
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyFile() {}

    /// The key in `file`; makes a new one where the file is not there yet.
    static KeyText loadOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return KeyText.parse(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a key in " + file, e);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": " + e.getMessage());
        }
    }

    /// Another process may create the same file at the same moment: whichever comes first is used by both.
    private static void create(Path file) throws IOException {
        var key = new KeyText(
                HexFormat.of().formatHex(random(KeyText.ID_BYTES)), Bytes.wrap(random(KeyText.SECRET_BYTES)));
        createOnce(file, key.reveal());
    }

    /// Makes `file` with one line that only its owner can read, unless somebody else has made it meanwhile.
    static void createOnce(Path file, String line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var onlyOwner = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), ".key", "", PosixFilePermissions.asFileAttribute(onlyOwner));
        try {
            Files.write(fresh, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // The other process was first; its key is read by the caller.
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// `length` bytes drawn by chance.
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

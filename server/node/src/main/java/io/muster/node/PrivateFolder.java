package io.muster.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder that its owner alone can look into (mode 0700), since payloads, results and hashes of keys are in it. The
/// files a node makes there are 0600.
///
/// A folder that was wider is narrowed where it is new, empty or ours by its marker. One that holds other things is
/// told of and left alone, because others may have to reach those.
public final class PrivateFolder {
    /// What every running node holds a lock on, in its own data folder.
    public static final String NODE_LOCK = "raft.lock";

    private static final Logger log = LoggerFactory.getLogger(PrivateFolder.class);

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private static final Pattern OWN_FILE = Pattern.compile("(raft|history)\\..*|cluster\\.name|.*\\.(key|secret)");

    private PrivateFolder() {}

    /// Makes `folder` with every folder above it that is missing, or narrows the one that is there.
    ///
    /// @param marker the name of a file that says that the folder is ours
    public static void make(Path folder, String marker) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder);
            return;
        }
        if (Files.isDirectory(folder)) {
            narrow(folder, marker);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    private static void narrow(Path folder, String marker) throws IOException {
        if (FOLDER.containsAll(Files.getPosixFilePermissions(folder))) {
            return;
        }
        if (!isEmpty(folder) && !Files.exists(folder.resolve(marker))) {
            tell(folder, "it holds other things than this program's");
            return;
        }
        narrow(folder, FOLDER);
        List<Path> found;
        try (var files = Files.list(folder)) {
            found = files.filter(file ->
                            OWN_FILE.matcher(String.valueOf(file.getFileName())).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : found) {
            narrow(file, FILE);
        }
    }

    private static void narrow(Path path, Set<PosixFilePermission> most) {
        try {
            Files.setPosixFilePermissions(path, most);
            log.info("others can no longer read path={} mode={}", path, PosixFilePermissions.toString(most));
        } catch (IOException e) {
            tell(path, String.valueOf(e.getMessage()));
        }
    }

    private static void tell(Path path, String why) {
        log.warn(
                "others on this machine can read path={} reason=\"{}\" advice=\"chmod 700 it, or use another\"",
                path,
                why);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}

package io.muster.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file with the secret by which the nodes of a cluster know each other.
///
/// Where the configuration does not name one, it is `cluster.secret` beside the configuration, made by whichever node
/// starts there first. Each node keeps a copy in its data folder, so that a node whose configuration moved elsewhere
/// still belongs to its cluster.
final class SecretFile {
    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

    /// What a hand-made one should hold at least, as text.
    private static final int DRAWN_BYTES = 32;

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    /// The secret of the cluster that `config` describes, which must have `least` bytes.
    static byte[] load(NodeConfig config, int least) {
        Path copy = config.data().resolve(NodeConfig.SECRET_FILE);
        Path file = chosen(config.secret(), copy);
        try {
            if (!Files.exists(file)) {
                KeyFile.createOnce(file, HexFormat.of().formatHex(KeyFile.random(DRAWN_BYTES)));
                log.info("cluster secret made file={} mode=0600", file);
            }
            String text = read(file, least);
            if (!Files.exists(copy) || !text.equals(Files.readString(copy).strip())) {
                Files.deleteIfExists(copy);
                KeyFile.createOnce(copy, text);
            }
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException("cannot read the cluster's secret " + file + ": " + e.getMessage());
        }
    }

    private static Path chosen(NodeConfig.Secret secret, Path copy) {
        if (secret.isGiven() && !Files.exists(secret.file())) {
            throw new ConfigException("cluster.secretFile: there is no " + secret.file()
                    + "; make one with (umask 077; head -c 32 /dev/urandom | base64 > " + secret.file()
                    + ") and give it to every node");
        }
        boolean isOnlyCopied = !Files.exists(secret.file()) && Files.exists(copy);
        return isOnlyCopied ? copy : secret.file();
    }

    private static String read(Path file, int least) throws IOException {
        String text = Files.readString(file).strip();
        if (text.length() < least) {
            throw new ConfigException(file + " holds " + text.length() + " characters: a secret needs " + least
                    + " at least, drawn by chance");
        }
        boolean hasModes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (hasModes && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            log.warn("others on this machine can read the cluster secret file={} advice=\"chmod 600 it\"", file);
        }
        return text;
    }
}

package io.muster.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file in a data folder that says what its cluster is called: a node that is started with the folder of another
/// cluster is told so. Who may talk to whom is not decided by it.
final class ClusterName {
    private static final String FILE = "cluster.name";

    /// A name is a line.
    private static final int MAX_BYTES = 4 << 10;

    private ClusterName() {}

    /// Writes `name` into the folder `data`, or throws [ConfigException] where another stands there.
    static void requireSame(Path data, String name) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                KeyFile.createOnce(file, name);
                return;
            }
            String stored = Files.size(file) > MAX_BYTES
                    ? ""
                    : Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!stored.equals(name)) {
                throw new ConfigException("the folder " + data + " belongs to the cluster '" + stored
                        + "', and the configuration is that of the cluster '" + name
                        + "': point the node at its own data folder");
            }
        } catch (IOException e) {
            throw new ConfigException("cannot read or write " + file + ": " + FileFailure.of(e));
        }
    }
}

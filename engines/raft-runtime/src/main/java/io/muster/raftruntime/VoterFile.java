package io.muster.raftruntime;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import io.muster.log.ClusterId;
import io.muster.log.EngineException;
import io.muster.log.NodeId;
import io.muster.raft.FoundingStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The file that says whose folder this is and how far its voter has come: the first thing that is written into a new
/// folder. Where it says that the voter has a log, there must be one.
///
/// Written whole under another name, synced, then given its name: one version of it is there at any time.
final class VoterFile {
    private static final int MAGIC = 0x4D56_4F54;
    private static final int VERSION = 1;
    private static final int MAX_TEXT_BYTES = 512;

    /// 255 founders with the longest names.
    private static final int MAX_BYTES = 64 << 10;

    private VoterFile() {}

    /// All that the file holds.
    private record Content(LogIdentity identity, FoundingStatus status) {}

    /// What `file` says; throws [EngineException] where it is damaged or another's.
    static FoundingStatus read(Path file, LogIdentity identity) {
        Content content = read(file);
        LogIdentity stored = content.identity();
        require(file, "cluster", stored.cluster().toString(), identity.cluster().toString());
        require(file, "node", stored.node().value(), identity.node().value());
        require(file, "group", Integer.toString(stored.group()), Integer.toString(identity.group()));
        return content.status();
    }

    private static Content read(Path file) {
        try {
            return decode(Files.size(file) > MAX_BYTES ? new byte[0] : Files.readAllBytes(file));
        } catch (MalformedException e) {
            throw new EngineException(
                    file + " is damaged, so that nobody knows which voter this is: " + SqliteFile.LOST_FOLDER);
        } catch (IOException e) {
            throw new EngineException("cannot read " + file + ": " + e, e);
        }
    }

    /// The cluster whose log the folder of `file` has; empty where there is no such file yet, or no log.
    static Optional<ClusterId> cluster(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Content content = read(file);
        return content.status().isFounded() ? Optional.of(content.identity().cluster()) : Optional.empty();
    }

    /// Stores how far the voter has come. The caller syncs the folder.
    static void write(Path file, LogIdentity identity, FoundingStatus foundingStatus) {
        var writer = new BinaryWriter()
                .i32(MAGIC)
                .u8(VERSION)
                .text(identity.cluster().toString())
                .text(identity.node().value())
                .u8(identity.group());
        foundingStatus.write(writer);
        writer.i32(writer.checksumFrom(0));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (var channel = FileChannel.open(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(fresh))) {
                channel.write(ByteBuffer.wrap(writer.toBytes()));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineException("cannot write " + file + ": " + e, e);
        }
    }

    private static Content decode(byte[] bytes) {
        if (bytes.length < 2 * Integer.BYTES) {
            throw new MalformedException("too short");
        }
        int end = bytes.length - Integer.BYTES;
        byte[] content = Arrays.copyOf(bytes, end);
        int checksum = new BinaryWriter().raw(content).checksumFrom(0);
        if (BinaryReader.over(bytes, end, Integer.BYTES).i32() != checksum) {
            throw new MalformedException("the checksum does not match");
        }
        var reader = BinaryReader.over(content);
        if (reader.i32() != MAGIC || reader.u8() != VERSION) {
            throw new MalformedException("another version");
        }
        LogIdentity identity = identity(reader);
        FoundingStatus foundingStatus = FoundingStatus.read(reader);
        reader.end();
        return new Content(identity, foundingStatus);
    }

    private static LogIdentity identity(BinaryReader reader) {
        try {
            var cluster = ClusterId.parse(reader.text(MAX_TEXT_BYTES));
            return new LogIdentity(cluster, new NodeId(reader.text(MAX_TEXT_BYTES)), reader.u8());
        } catch (IllegalArgumentException e) {
            throw new MalformedException("an identity that cannot be: " + e.getMessage());
        }
    }

    private static void require(Path file, String what, String stored, String wanted) {
        if (!stored.equals(wanted)) {
            throw new EngineException("the folder " + file.getParent() + " belongs to " + what + " " + stored
                    + ", not to " + what + " " + wanted + ": point the node at its own data folder");
        }
    }
}

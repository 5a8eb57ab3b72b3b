package io.muster.benchmarks;

import io.muster.client.ObjectTransfer.FileName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.SplittableRandom;

/// One large object on three nodes: up, until a majority has it synced, and down again, beside a copy of the same file
/// that is synced.
final class ObjectsBench {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ROUNDS = 2;

    private ObjectsBench() {}

    /// @param mebibytes how large it is
    static void run(int mebibytes, PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("muster-objects");
        try (var cluster = new LoadedCluster("objects", 1)) {
            out.println("three nodes on loopback and one disk; an object of " + mebibytes
                    + " MiB; the whole is read for" + " its digest before the upload and after the download");
            for (int round = 1; round <= ROUNDS; round++) {
                round(cluster, write(folder.resolve("source"), mebibytes, round), out);
            }
        } finally {
            for (String name : new String[] {"source", "copy", "down"}) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private static void round(LoadedCluster cluster, Path source, PrintStream out)
            throws IOException, InterruptedException {
        Path copy = source.resolveSibling("copy");
        long begun = System.nanoTime();
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
        sync(copy);
        row(out, "copy and sync", source, begun);
        begun = System.nanoTime();
        FileName name = FileName.of(source);
        var copies = cluster.client().objects().upload(source, name);
        row(out, "upload, on " + copies.held() + " of " + copies.nodes() + " disks", source, begun);
        begun = System.nanoTime();
        cluster.client().objects().download(name, source.resolveSibling("down"));
        row(out, "download", source, begun);
    }

    private static void row(PrintStream out, String what, Path source, long begun) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.println(String.format(
                Locale.ROOT, "%-26s %,8.0f MB/s  %6.2f s", what, Files.size(source) / 1e6 / seconds, seconds));
    }

    private static Path write(Path file, int mebibytes, int seed) throws IOException {
        var random = new SplittableRandom(seed);
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try (OutputStream to = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                chunk.clear();
                while (chunk.hasRemaining()) {
                    chunk.putLong(random.nextLong());
                }
                to.write(chunk.array());
            }
        }
        return file;
    }

    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}

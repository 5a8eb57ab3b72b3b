package io.muster.cli;

import io.muster.wire.TimedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Properties;
import java.util.function.LongConsumer;

/// Files of one HTTP server, each fetched only when it has changed, and from where the last try broke off.
///
/// Beside a file lies what the server called this state of it (`.state`: ETag and Last-Modified, RFC 9110 §8.8), and
/// while it is fetched what there is of it (`.part`). A part is gone on with only if the server still has that state.
final class AdvisorySource implements AutoCloseable {
    /// All of OSV in one archive takes some 200 MB; more than this is no such archive.
    private static final long MAX_BYTES = 4L << 30;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(60);

    /// A slow line still brings something; what is silent for longer has broken off without a word.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private final Duration silence;

    /// @param base the folder on the server, with `/` at its end
    AdvisorySource(URI base) {
        this(base, SILENCE);
    }

    /// The same; a server that sends nothing of a body for `silence` is given up.
    AdvisorySource(URI base, Duration silence) {
        this.base = base;
        this.silence = silence;
    }

    /// What became of a wish for a file.
    enum Fetched {
        NEW,
        UNCHANGED,
        /// The server has no such file.
        ABSENT
    }

    /// Brings `file` to the state of `path` on the server.
    Fetched fetch(String path, Path file, LongConsumer progress) throws IOException, InterruptedException {
        Path part = beside(file, ".part");
        Properties partState = state(beside(part, ".state"));
        boolean isBegun = Files.exists(part) && !partState.isEmpty();
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(FIRST_ANSWER);
        if (isBegun) {
            request.header("Range", "bytes=" + Files.size(part) + "-").header("If-Range", validator(partState));
        } else if (Files.exists(file)) {
            conditions(request, state(beside(file, ".state")));
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = new TimedStream(answer.body(), silence)) {
            switch (answer.statusCode()) {
                case 200 -> write(body, part, answer, progress, StandardOpenOption.TRUNCATE_EXISTING);
                case 206 -> write(body, part, answer, progress, StandardOpenOption.APPEND);
                case 304 -> {
                    return Fetched.UNCHANGED;
                }
                case 404 -> {
                    return Fetched.ABSENT;
                }
                case 416 -> {
                    // The part is as long as the file or longer: begin anew.
                    Files.delete(part);
                    return fetch(path, file, progress);
                }
                default ->
                    throw new IOException(
                            "the server answered with status " + answer.statusCode() + " to " + base.resolve(path));
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.move(
                beside(part, ".state"),
                beside(file, ".state"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        return Fetched.NEW;
    }

    private static void write(
            InputStream body, Path part, HttpResponse<?> answer, LongConsumer progress, StandardOpenOption mode)
            throws IOException {
        Files.createDirectories(part.toAbsolutePath().getParent());
        store(answer, beside(part, ".state"));
        try (OutputStream out =
                Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] chunk = new byte[64 << 10];
            long written = Files.size(part);
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                out.write(chunk, 0, read);
                written += read;
                progress.accept(written);
                if (written > MAX_BYTES) {
                    throw new IOException("the server sends more than " + MAX_BYTES + " bytes");
                }
            }
        }
    }

    private static void conditions(HttpRequest.Builder request, Properties state) {
        String tag = state.getProperty("etag", "");
        String modified = state.getProperty("last-modified", "");
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        } else if (!modified.isEmpty()) {
            request.header("If-Modified-Since", modified);
        }
    }

    private static String validator(Properties state) {
        return state.getProperty("etag", state.getProperty("last-modified", "-"));
    }

    private static void store(HttpResponse<?> answer, Path file) throws IOException {
        var state = new Properties();
        // A weak tag does not promise the same bytes, which going on needs.
        answer.headers().firstValue("ETag").filter(tag -> !tag.startsWith("W/")).ifPresent(it -> state.put("etag", it));
        answer.headers().firstValue("Last-Modified").ifPresent(it -> state.put("last-modified", it));
        try (var out = Files.newBufferedWriter(file)) {
            state.store(out, null);
        }
    }

    private static Properties state(Path file) throws IOException {
        var state = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                state.load(in);
            }
        }
        return state;
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

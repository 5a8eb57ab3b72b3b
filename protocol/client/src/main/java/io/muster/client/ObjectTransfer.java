package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.wire.ApiKey;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.HttpConnections;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.Problem;
import io.muster.wire.ProblemReader;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Brings files into the cluster as objects, and objects out of it as files.
///
/// An upload goes to one node in chunks and is then brought to a majority; where that node stops answering it is begun
/// anew at the next, and where it answers again it goes on. Calls block, as fits virtual threads.
public final class ObjectTransfer {
    private static final int CHUNK_BYTES = 4 << 20;

    /// A chunk is written and not yet synced; the last one syncs the whole object, which has some GiB at most.
    private static final Duration CHUNK_TIMEOUT = Duration.ofSeconds(60);

    /// A server waits for a minute at most until a majority has fetched an object.
    private static final Duration SPREAD_TIMEOUT = Duration.ofSeconds(75);

    private static final Duration PAUSE = Duration.ofMillis(250);

    /// As many as an object that is begun anew at each node a few times would take.
    private static final int MAX_DAMAGED = 5;

    private final ClientConfig config;
    private final ApiKey key;
    private final HttpConnections transport;

    public ObjectTransfer(ClientConfig config, ApiKey key, HttpConnections transport) {
        this.config = config;
        this.key = key;
        this.transport = transport;
    }

    /// What a file is called as an object.
    ///
    /// @param digest SHA-256 of its bytes in hexadecimal
    /// @param bytes how many there are
    public record FileName(String digest, long bytes) {
        /// Reads a file once.
        public static FileName of(Path file) throws IOException {
            MessageDigest sha256 = Sha256.begin();
            var buffer = ByteBuffer.allocate(1 << 20);
            long bytes = 0;
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (channel.read(buffer) >= 0) {
                    bytes += buffer.position();
                    sha256.update(buffer.flip());
                    buffer.clear();
                }
            }
            return new FileName(HexFormat.of().formatHex(sha256.digest()), bytes);
        }

        private String path(String act) {
            return "/v1/objects/" + digest + act + "?bytes=" + bytes;
        }
    }

    /// Uploads a file and waits until a majority of the nodes has it on disk.
    ///
    /// @throws MusterException if that did not come about within the patience of the configuration
    /// @throws IOException if the file cannot be read
    public CopiesDocument upload(Path file, FileName name) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Problem problem = Problem.of("about:blank", "No answer", 0, "no node was asked");
            for (int server = 0; System.nanoTime() - deadline < 0; server++) {
                String address =
                        config.addresses().get(server % config.addresses().size());
                try {
                    send(address, channel, name, deadline);
                    return post(address, name.path(":replicate"), BodyPublishers.noBody(), "", CopiesDocument.class);
                } catch (Refused refused) {
                    if (refused.isFinal()) {
                        throw new RefusedException("upload of " + name.digest(), refused.problem);
                    }
                    problem = refused.problem;
                } catch (Unanswered silence) {
                    problem = silence.problem();
                }
                transport.pause(PAUSE);
            }
            throw new UnavailableException("upload of " + name.digest(), problem);
        }
    }

    private void send(String address, FileChannel channel, FileName name, long deadline)
            throws IOException, InterruptedException {
        UploadDocument upload = get(address, name.path("/upload"));
        int anew = 0;
        while (!upload.complete()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new Unanswered("its time is over", null);
            }
            long offset = upload.received();
            byte[] chunk = chunk(channel, offset, name.bytes());
            String sum = "sha-256=:"
                    + Base64.getEncoder()
                            .encodeToString(Sha256.of(Bytes.wrap(chunk)).array()) + ":";
            upload = post(
                    address,
                    name.path("/chunks") + "&offset=" + offset,
                    BodyPublishers.ofByteArray(chunk),
                    sum,
                    UploadDocument.class);
            if (upload.received() <= offset && !upload.complete() && anew++ >= MAX_DAMAGED) {
                throw new Unanswered("it takes no more of the object", null);
            }
        }
    }

    private static byte[] chunk(FileChannel channel, long offset, long bytes) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, bytes - offset));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was sent");
            }
        }
        return buffer.array();
    }

    /// Writes an object to a file, which is made or overwritten, and checks that it is the one.
    ///
    /// @throws MusterException if no node gives all of it within the patience of the configuration
    /// @throws IOException if the file cannot be written
    public void download(FileName name, Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        int server = 0;
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long offset = 0;
            while (offset < name.bytes()) {
                String address =
                        config.addresses().get(server % config.addresses().size());
                try {
                    offset += write(channel, part(address, name, offset));
                } catch (Refused refused) {
                    giveUp("/v1/objects/" + name.digest(), refused.problem, deadline);
                    server++;
                } catch (Unanswered silence) {
                    giveUp("/v1/objects/" + name.digest(), silence.problem(), deadline);
                    server++;
                }
            }
            channel.force(true);
        }
        if (!FileName.of(file).equals(name)) {
            throw new IOException("what the cluster gave is not the object " + name.digest());
        }
    }

    /// Copies what stands at `path`, part by part, so that no answer is larger than a node has room for.
    ///
    /// @throws MusterException if no node gives all of it within the patience of the configuration
    /// @throws IOException if `to` takes no more
    void copy(String path, OutputStream to) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        int server = 0;
        long offset = 0;
        long total = Long.MAX_VALUE;
        while (offset < total) {
            String address = config.addresses().get(server % config.addresses().size());
            var request = request(address, path).header("Range", "bytes=" + offset + "-" + (offset + CHUNK_BYTES - 1));
            try {
                HttpResponse<byte[]> part = sent(request, CHUNK_TIMEOUT);
                to.write(part.body());
                offset += part.body().length;
                total = part.statusCode() == 206 ? total(part) : offset;
            } catch (Refused refused) {
                if (refused.problem.status() / 100 == 4) {
                    throw new RefusedException("GET " + path, refused.problem);
                }
                giveUp(path, refused.problem, deadline);
                server++;
            } catch (Unanswered silence) {
                giveUp(path, silence.problem(), deadline);
                server++;
            }
        }
    }

    /// Behind the slash of `Content-Range` (RFC 9110 §14.4).
    private static long total(HttpResponse<?> part) {
        String range = part.headers().firstValue("Content-Range").orElse("");
        try {
            return Long.parseLong(range.substring(range.indexOf('/') + 1));
        } catch (NumberFormatException e) {
            throw new Unanswered("it does not say how much there is", e);
        }
    }

    private void giveUp(String path, Problem problem, long deadline) throws InterruptedException {
        if (System.nanoTime() - deadline >= 0) {
            throw new UnavailableException("GET " + path, problem);
        }
        transport.pause(PAUSE);
    }

    private byte[] part(String address, FileName name, long offset) throws InterruptedException {
        long last = Math.min(name.bytes(), offset + CHUNK_BYTES) - 1;
        var request = request(address, "/v1/objects/" + name.digest()).header("Range", "bytes=" + offset + "-" + last);
        return sent(request, CHUNK_TIMEOUT).body();
    }

    private static int write(FileChannel channel, byte[] part) throws IOException {
        var buffer = ByteBuffer.wrap(part);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return part.length;
    }

    private UploadDocument get(String address, String path) throws InterruptedException {
        return read(sent(request(address, path), CHUNK_TIMEOUT).body(), UploadDocument.class);
    }

    private <T> T post(String address, String path, HttpRequest.BodyPublisher body, String sum, Class<T> type)
            throws InterruptedException {
        var request = request(address, path).POST(body);
        if (!sum.isEmpty()) {
            request.header("Content-Type", "application/octet-stream").header("Content-Digest", sum);
        }
        return read(
                sent(request, sum.isEmpty() ? SPREAD_TIMEOUT : CHUNK_TIMEOUT).body(), type);
    }

    private HttpRequest.Builder request(String address, String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", key.authorization());
    }

    private HttpResponse<byte[]> sent(HttpRequest.Builder request, Duration timeout) throws InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = WholeAnswer.await(transport.http(), request, timeout, WireLimits.MAX_ANSWER_BYTES);
        } catch (IOException e) {
            throw new Unanswered("no answer: " + ConnectionFailures.describe(e), e);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new Refused(ProblemReader.read(answer.statusCode(), Bytes.wrap(answer.body())));
        }
        return answer;
    }

    private static <T> T read(byte[] answer, Class<T> type) {
        try {
            return Json.read(Bytes.wrap(answer), type);
        } catch (MalformedJsonException e) {
            throw new Unanswered("what it answers is no " + type.getSimpleName(), e);
        }
    }

    /// A node does not answer; another may.
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswered(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        Problem problem() {
            return Problem.of("about:blank", "No answer", 0, String.valueOf(getMessage()));
        }
    }

    /// A node refuses.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.title());
            this.problem = problem;
        }

        /// Whether another node, or the same later, would refuse as well. What came damaged, what is too much at once
        /// and what is not safe yet may go well at the next try.
        boolean isFinal() {
            return switch (problem.status()) {
                case 401, 403, 413 -> true;
                default -> false;
            };
        }
    }
}

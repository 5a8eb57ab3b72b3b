package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `muster advisories update` against a server that is laid out as OSV's bucket and knows ETags and ranges.
final class AdvisoryUpdateTest {
    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private volatile int cutAfter = Integer.MAX_VALUE;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/osv/", this::answer);
        server.start();
        files.put("PyPI/all.zip", zip(Map.of("EX-1.json", record("EX-1", "2026-01-01"))));
        files.put("PyPI/modified_id.csv", text("2026-01-01T00:00:00Z,EX-1\n"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_first_update_fetches_the_archive_and_the_next_nothing() {
        assertThat(update("--from", address(), "--ecosystem", "PyPI")).isZero();
        assertThat(asked).contains("GET PyPI/all.zip 200");
        asked.clear();

        assertThat(update()).as(err.toString()).isZero();

        assertThat(asked).containsExactly("GET PyPI/modified_id.csv 304");
        assertThat(out.toString()).contains("1 records").contains("nothing has changed");
    }

    @Test
    void only_records_that_changed_are_fetched_and_hold() throws IOException {
        update("--from", address(), "--ecosystem", "PyPI");
        asked.clear();
        files.put("PyPI/modified_id.csv", text("2026-02-02T00:00:00Z,EX-2\n2026-01-01T00:00:00Z,EX-1\n"));
        files.put("PyPI/EX-2.json", text(record("EX-2", "2026-02-02")));

        assertThat(update()).isZero();

        assertThat(asked).containsExactly("GET PyPI/modified_id.csv 200", "GET PyPI/EX-2.json 200");
        assertThat(out.toString()).contains("2 records");
    }

    @Test
    void an_archive_that_broke_off_goes_on_where_it_was() {
        cutAfter = 40;
        assertThat(update("--from", address(), "--ecosystem", "PyPI")).isEqualTo(69);
        assertThat(err.toString()).contains("goes on where this one broke off");
        cutAfter = Integer.MAX_VALUE;

        assertThat(update("--from", address(), "--ecosystem", "PyPI"))
                .as(err.toString())
                .isZero();

        assertThat(asked).contains("GET PyPI/all.zip 206");
        assertThat(out.toString()).contains("1 records");
    }

    @Test
    void no_address_is_built_in() {
        assertThat(update()).isEqualTo(2);
        assertThat(err.toString()).contains("--from").contains("MUSTER_ADVISORIES_URL");
    }

    @Test
    void names_of_ecosystems_are_checked() {
        assertThat(update("--from", address())).isEqualTo(2);
        assertThat(update("--from", address(), "--ecosystem", "../x")).isEqualTo(2);
        assertThat(update("--from", address(), "--ecosystem", "Pypi")).isEqualTo(2);
        assertThat(err.toString()).contains("the server has no ecosystem 'Pypi'");
    }

    @Test
    void a_scan_with_old_advisories_says_so() throws IOException {
        update("--from", address(), "--ecosystem", "PyPI");
        Path app = Files.writeString(folder.resolve("requirements.txt"), "star==1.0\n");
        Files.setLastModifiedTime(
                folder.resolve("store").resolve(Freshness.CHECKED),
                FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        run(new ScanCommand(), "--database=" + folder.resolve("store"), app.toString());

        assertThat(err.toString()).contains("the advisories are ").contains(" days old");
    }

    private int update(String... words) {
        var all = new java.util.ArrayList<>(List.of("update", "--database=" + folder.resolve("store")));
        all.addAll(Arrays.asList(words));
        return run(new AdvisoriesCommandGroup(), all.toArray(String[]::new));
    }

    private int run(Object command, String... words) {
        var line = new CommandLine(command);
        line.setExecutionExceptionHandler(Told::plainly);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/osv";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/osv/".length());
        byte[] file = files.get(path);
        int status = 200;
        byte[] body = file == null ? new byte[0] : file;
        String tag = '"' + Integer.toHexString(Arrays.hashCode(body)) + '"';
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (file == null) {
            status = 404;
        } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            status = 304;
        } else if (range != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
            status = 206;
            body = Arrays.copyOfRange(body, Integer.parseInt(range.replaceAll("\\D", "")), body.length);
        }
        asked.add(exchange.getRequestMethod() + " " + path + " " + status);
        exchange.getResponseHeaders().set("ETag", tag);
        boolean isEmpty = status == 304 || status == 404;
        exchange.sendResponseHeaders(status, isEmpty ? -1 : body.length);
        if (!isEmpty) {
            exchange.getResponseBody().write(body, 0, Math.min(body.length, cutAfter));
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }

    private static String record(String id, String day) {
        return "{\"id\": \"" + id + "\", \"modified\": \"" + day + "T00:00:00Z\", \"affected\": [{\"package\":"
                + " {\"ecosystem\": \"PyPI\", \"name\": \"star\"}, \"versions\": [\"1.0\"]}]}";
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, String> records) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var each : records.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(text(each.getValue()));
            }
        }
        return bytes.toByteArray();
    }
}

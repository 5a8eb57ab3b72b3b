package io.muster.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `muster rehearse`: runs the short commands once, against a server that only pretends, while the JVM
/// writes down which classes they load. The build calls it; its cache makes every later start faster.
@Command(name = "rehearse", hidden = true, description = "Load what short commands load; the build calls this.")
final class RehearseCommand implements Callable<Integer> {
    private static final String CLUSTER = """
            {"cluster":"c","lineage":"1","node":"node-1","leader":"node-1","term":1,"index":9,"featureLevel":1,
             "nodes":[{"node":"node-1","role":"leader","term":1,"commit":9,"applied":9,"lastIndex":9,
               "apiAddress":"http://127.0.0.1:1","connected":true,"featureLevel":1}],
             "workers":[{"worker":"node-1","incarnation":"1","state":"joined","slots":4,"claims":1,
               "labels":{"a":"b"},"handlers":["noop"],"joinedAt":"2026-01-01T00:00:00Z"}],
             "queues":[{"queue":"default","waiting":1,"running":1,"oldestWaitingMillis":5,"leaderWorks":"always",
                "weight":1,"paused":false}],
             "counts":{"queued":1},"advice":["this node is alone"]}
            """;

    private static final String JOB = """
            {"id":"job-1","type":"noop","queue":"default","priority":50,"state":"succeeded","attempt":1,
             "submittedAt":"2026-01-01T00:00:00Z","payload":{},"result":{"a":1},"requires":{}}
            """;

    @Parameters(paramLabel = "FOLDER", description = "With manifests to scan.")
    private Path shop = Path.of("examples/webshop");

    @Parameters(paramLabel = "DATABASE", description = "To match them against.")
    private Path database = Path.of("examples/advisories");

    @Override
    public Integer call() throws IOException {
        Path key = Files.createTempFile("muster", ".key");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answer(server, "/v1/cluster", CLUSTER);
        answer(server, "/v1/jobs", "{\"items\":[" + JOB + "],\"status\":201,\"id\":\"job-1\"}");
        answer(server, "/v1/jobs/job-1", JOB);
        answer(server, "/v1/keys", "{\"items\":[]}");
        answer(server, "/v1/audits", "{\"items\":[]}");
        server.start();
        try {
            Files.writeString(key, "rehearsal\n");
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            var shared = List.of("--server", address, "--key-file", key.toString());
            for (var words : List.of(
                    List.of("status"),
                    List.of("status", "--json"),
                    List.of("job", "list"),
                    List.of("job", "get", "job-1"),
                    List.of("job", "submit", "noop", "--wait"),
                    List.of("key", "list"),
                    List.of("audit", "list"))) {
                run(words, shared);
            }
            run(List.of("--help"), List.of());
            run(List.of("job", "submit", "--help"), List.of());
            run(List.of("--version"), List.of());
            run(List.of("nonsense"), List.of());
            run(List.of("scan", shop.toString(), "--database", database.toString()), List.of());
            run(List.of("radius", "npm/lodash", shop.toString()), List.of());
        } finally {
            server.stop(0);
            Files.delete(key);
        }
        return 0;
    }

    private static void run(List<String> words, List<String> more) {
        var line = Muster.commandLine();
        line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(new StringWriter()));
        var all = new java.util.ArrayList<>(words);
        all.addAll(more);
        Muster.run(line, all.toArray(String[]::new));
    }

    private static void answer(HttpServer server, String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}

package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.muster.log.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wrong calls and bad ends: the exit code of each from the one table, a sentence that names what was
/// wrong, and no word of Java's or of a parser's.
final class WrongCallsTest {
    private static final Pattern FOREIGN =
            Pattern.compile("Exception|\\bjava\\.|\\bio\\.muster|tools\\.jackson|picocli|StreamRead|REDACTED|\\{[A-Z]+="
                    + "|line -1|\\bnull\\b"
                    + "|\\((int|long|String|Integer|Path)\\)|Possible solutions|column -1");

    /// What the servers of this test answer, by the first part of the path.
    private static final Map<String, String> PROBLEMS = Map.of(
            "/missing", "404 not-found",
            "/refused", "401 key-refused",
            "/conflict", "409 conflict",
            "/invalid", "422 invalid",
            "/nobody", "503 no-leader",
            "/doubt", "503 unknown-outcome",
            "/full", "429 limit-reached",
            "/fault", "500 broken",
            "/gibberish", "200 -");

    @TempDir
    Path folder;

    private HttpServer server;

    /// One call: what is typed, the exit code, and what its one sentence must contain.
    private record Call(int code, String contains, List<String> words) {}

    private final List<Call> calls = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String[] answer = PROBLEMS.getOrDefault(path.substring(0, path.indexOf('/', 1)), "404 -")
                    .split(" ", -1);
            byte[] body = (answer[1].equals("-")
                            ? "<html>"
                            : "{\"type\":\"/problems/" + answer[1] + "\",\"title\":\"T\",\"detail\":\"the server said "
                                    + answer[1] + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("admin.key"), "mst_1.secret\n");
        Files.writeString(folder.resolve("two keys"), "one\ntwo words\n");
        Files.writeString(folder.resolve("jobs.jsonl"), "{\"type\":\"noop\"}\n{\"tipe\":\"noop\"}\n");
        Files.writeString(folder.resolve("bad.toml"), "[[IgnoredVuln]]\n");
        Files.writeString(folder.resolve("broken.json"), "{\n");
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("osv"));
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("osv/EX-1.json"), """
                {"id": "EX-1", "modified": "2026-01-01T00:00:00Z",
                 "affected": [{"package": {"ecosystem": "PyPI", "name": "star"}, "versions": ["1.0"]}]}
                """);
        Files.writeString(folder.resolve("app/requirements.txt"), "star==1.0\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void every_wrong_call_ends_with_the_code_of_its_kind() {
        wronglyUsed();
        wronglyScanned();
        wronglyTargeted();
        answeredByServers();
        verdicts();

        assertThat(calls).hasSizeGreaterThanOrEqualTo(40);
        var table = new StringBuilder();
        var findings = new ArrayList<String>();
        for (Call call : calls) {
            check(call, table, findings);
        }
        System.out.println(table);
        assertThat(findings).isEmpty();
    }

    @Test
    void the_manual_lists_every_exit_code() throws IOException {
        String manual = Files.readString(Path.of("../docs/command-line.md"));

        for (ExitCode code : ExitCode.values()) {
            assertThat(manual).contains("| " + code.number() + " |");
        }
    }

    private void check(Call call, StringBuilder table, List<String> findings) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = Muster.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = Muster.run(line, call.words().toArray(String[]::new));
        line.getErr().flush();
        String typed = String.join(" ", call.words()).replace(folder.toString(), "…");
        String said = err.toString().strip();
        table.append(String.format(
                "%3d  muster %-62s %s%n", code, typed, said.lines().findFirst().orElse("")));
        if (code != call.code()) {
            findings.add(typed + " ended with " + code + ", not " + call.code() + ": " + said);
        }
        if (!said.contains(call.contains()) || FOREIGN.matcher(said).find()) {
            findings.add(typed + " said: " + said);
        }
    }

    private void wronglyUsed() {
        call(2, "statuss", "statuss");
        call(2, "there is no option --jsn", "status", "--jsn");
        call(2, "there is no option --jsn", "version", "--jsn");
        call(2, "name a command beside --server, such as muster status --server", "--server");
        call(2, "name a command beside --patience", "--patience", "3");
        call(2, "name a command beside --json", "--json");
        call(2, "there is no such command or argument: frob", "help", "frob");
        call(2, "did you mean muster status", "help", "statuss");
        call(2, "there is no such command or argument: frob", "help", "job", "frob");
        call(2, "there is no option --frob", "job", "submit", "--frob", "--help");
        call(2, "name what to do: ", "job");
        call(2, "did you mean muster job submit", "job", "submitt");
        call(2, "--requires takes LABEL=VALUE, not gpu", "job", "submit", "noop", "--require", "gpu");
        call(2, "name a TYPE", "job", "submit");
        call(2, "--payload: this is no JSON", at("/missing", "job", "submit", "noop", "--payload", "{bad"));
        call(2, "no whole number", "job", "submit", "noop", "--priority", "high");
        call(2, "is no duration", "job", "submit", "noop", "--delay", "soon");
        call(2, "--wait", "job", "submit", "noop", "--timeout", "3s");
        call(2, "the states are", at("/missing", "job", "list", "--state", "asleep"));
        call(2, "between 1 and", at("/missing", "job", "list", "--limit", "100000"));
        call(2, "ID", "job", "get");
        call(2, "--role", "key", "create");
        call(2, "--sample", at("/missing", "audit", "--sample", "2", folder.toString()));
        call(2, "no package URL", at("/missing", "audit", "--package", "lodash"));
        call(2, "name a PATH", "audit");
        call(2, "name one ID", "job", "purge");
        call(2, "name one ID", "job", "cancel", "job-1", "--queue", "q");
        call(2, "the states are", at("/missing", "job", "retry", "--state", "asleep"));
        call(2, "--limit", at("/missing", "audit", "list", "--limit", "0"));
        call(2, "--file", "job", "submit", "noop", "--file", "x");
    }

    private void wronglyScanned() {
        call(2, "no severity", "scan", "--fail-on", "awful", folder.toString());
        call(2, "no glob", "scan", "--database=" + folder.resolve("osv"), "--exclude", "[", folder.toString());
        call(2, "--from", "advisories", "update", "--database=" + folder.resolve("none"));
        call(2, "there is no format", "scan", "--format", "html", folder.toString());
        call(2, "npm/lodash", "radius", "lodash");
        call(2, "--nodes must be", "up", "--nodes", "99");
        call(
                2,
                "cannot read the configuration",
                "node",
                "--config",
                folder.resolve("none.yaml").toString());
        call(2, "cannot import", "advisories", "import", folder.resolve("none").toString());
        String store = "--database=" + folder.resolve("store");
        call(
                2,
                "no advisory in it",
                "advisories",
                store,
                "import",
                folder.resolve("empty").toString());
        call(
                2,
                "no advisory in it",
                "advisories",
                store,
                "import",
                folder.resolve("admin.key").toString());
        call(
                2,
                "no advisory in it",
                "advisories",
                store,
                "import",
                folder.resolve("broken.json").toString());
    }

    private void wronglyTargeted() {
        String key = folder.resolve("admin.key").toString();
        call(2, "did you mean http://127.0.0.1:7102", "status", "--key-file", key, "--server", "127.0.0.1:7102");
        call(2, "no address", "status", "--key-file", key, "--server", "http://");
        call(2, "no address", "status", "--key-file", key, "--server", "http://127.0.0.1:99999");
        call(2, "did you mean http://127.0.0.1:7102", "status", "--key-file", key, "--server", "");
        call(2, "cannot read the API key", "status", "--key-file", folder.toString());
        call(2, "it is not a folder", "up", "--data", key);
        call(
                2,
                "there is no API key",
                "status",
                "--key-file",
                folder.resolve("none").toString());
        call(
                2,
                "holds no API key",
                "status",
                "--key-file",
                folder.resolve("two keys").toString());
        call(2, "--patience", "status", "--key-file", key, "--patience", "-1");
        call(
                2,
                "jsonl:2: ",
                at(
                        "/missing",
                        "job",
                        "submit",
                        "--file",
                        folder.resolve("jobs.jsonl").toString()));
        call(
                2,
                "there is no such file",
                at("/missing", "job", "submit", "--file", folder.resolve("none").toString()));
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        call(69, "connection refused", "--server", nobody, "--key-file", key, "--patience", "0", "status");
        call(69, "connection refused", "job", "--server", nobody, "--key-file", key, "--patience", "0", "list");
        call(
                127,
                "connection refused",
                "audit",
                "--server",
                nobody,
                "--key-file",
                key,
                "--patience",
                "0",
                folder.resolve("app").toString());
    }

    private void answeredByServers() {
        call(3, "not-found", at("/missing", "job", "get", "job-1"));
        call(3, "not-found", at("/missing", "key", "revoke", "k1"));
        call(3, "not-found", at("/missing", "audit", "get", "audit-1"));
        call(3, "not-found", at("/missing", "audit", "cancel", "audit-1"));
        call(69, "no-leader", at("/nobody", "job", "purge", "--all"));
        call(2, "--key-file", at("/refused", "status"));
        call(1, "conflict", at("/conflict", "job", "retry", "job-1"));
        call(2, "invalid", at("/invalid", "job", "submit", "noop", "--queue", "bad queue!"));
        call(69, "no-leader", at("/nobody", "job", "submit", "noop"));
        call(69, "takes nothing now", at("/full", "job", "submit", "noop"));
        call(75, "--idempotency-key k-7", at("/doubt", "job", "submit", "noop", "--idempotency-key", "k-7"));
        call(75, "--idempotency-key k-8", at("/doubt", "job", "cancel", "job-1", "--idempotency-key", "k-8"));
        call(75, "--idempotency-key k-9,", at("/doubt", "job", "purge", "--all", "--idempotency-key", "k-9"));
        call(75, "--idempotency-key", at("/doubt", "key", "revoke", "k1"));
        call(75, "--idempotency-key", at("/doubt", "audit", "cancel", "audit-1"));
        call(2, "of ASCII", at("/doubt", "job", "submit", "noop", "--idempotency-key", "schlüssel"));
        call(70, "the server is at fault", at("/fault", "status"));
        call(70, "cannot be read", at("/gibberish", "key", "list"));
        call(127, "broken", at("/fault", "audit", folder.resolve("app").toString()));
        call(
                75,
                "--idempotency-key",
                at("/doubt", "audit", folder.resolve("app").toString()));
    }

    private void verdicts() {
        String osv = "--database=" + folder.resolve("osv");
        call(
                127,
                "there is no file",
                at("/missing", "audit", folder.resolve("none").toString()));
        call(128, "no lockfile", at("/missing", "audit", folder.resolve("empty").toString()));
        call(127, "there is no such file", "scan", osv, folder.resolve("none").toString());
        call(128, "", "scan", osv, folder.resolve("empty").toString());
        call(1, "", "scan", osv, folder.resolve("app").toString());
        call(
                127,
                "muster advisories",
                "scan",
                "--database=" + folder.resolve("none"),
                folder.resolve("app").toString());
        call(
                2,
                "IgnoredVuln",
                "scan",
                osv,
                "--ignore",
                folder.resolve("bad.toml").toString(),
                folder.toString());
        call(3, "known as", "advisories", "show", "NONE-1", osv);
        call(3, "no advisory database", "advisories", "stats", "--database=" + folder.resolve("none"));
        call(
                127,
                "there is no file",
                "radius",
                "npm/lodash",
                folder.resolve("none").toString());
    }

    private String[] at(String prefix, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--server", "http://127.0.0.1:" + server.getAddress().getPort() + prefix));
        all.addAll(List.of("--key-file", folder.resolve("admin.key").toString(), "--patience", "0"));
        return all.toArray(String[]::new);
    }

    private void call(int code, String contains, String... words) {
        calls.add(new Call(code, contains, List.of(words)));
    }
}

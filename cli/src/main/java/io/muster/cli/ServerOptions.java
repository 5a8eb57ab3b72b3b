package io.muster.cli;

import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.node.FileFailure;
import io.muster.wire.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Which cluster a command speaks to, and with which key, before its verb or after it. A flag beats the environment,
/// which beats the default.
final class ServerOptions {
    private static final Path LOCAL_KEY = Path.of(".muster/up/admin.key");

    /// More is a mistake in the unit.
    private static final int MAX_PATIENCE_SECONDS = 86_400;

    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--server",
            paramLabel = "URL",
            split = ",",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MUSTER_SERVER:-http://127.0.0.1:7102,http://127.0.0.1:7104,http://127.0.0.1:7106}",
            description = "Servers, any of which answers for all (or MUSTER_SERVER; default: those of muster up).")
    private List<String> servers = List.of();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MUSTER_KEY_FILE:-}",
            description = "A file with the API key (or MUSTER_KEY_FILE; default: .muster/up/admin.key).")
    private String keyFile = "";

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            defaultValue = "30",
            description = "How long a call is tried again for (default: 30).")
    private int patienceSeconds = 30;

    @Mixin
    private TrustOptions trust = new TrustOptions();

    /// Does something with a client, and gives its connections back. A wait of more than a moment is
    /// told, with its reason.
    <T> T with(Use<T> use) throws InterruptedException {
        if (patienceSeconds < 0 || patienceSeconds > MAX_PATIENCE_SECONDS) {
            throw CannotDo.usage("--patience is " + patienceSeconds + "; it must lie between 0 and "
                    + MAX_PATIENCE_SECONDS + " seconds");
        }
        servers.forEach(ServerOptions::requireAddress);
        var key = key();
        try (var transport = trust.connections(servers);
                var notice = new WaitingNotice()) {
            var config = new ClientConfig(servers, Duration.ofSeconds(patienceSeconds));
            return use.with(new MusterClient(config, key, transport, notice));
        }
    }

    /// What is done with a client.
    interface Use<T> {
        T with(MusterClient client) throws InterruptedException;
    }

    private static void requireAddress(String text) {
        String example = text.isEmpty() || text.contains("://") ? "http://127.0.0.1:7102" : "http://" + text;
        try {
            var uri = new URI(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp
                    && uri.getHost() != null
                    && uri.getPort() <= MAX_PORT
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw CannotDo.usage("--server '" + text + "' is no address of a server: did you mean " + example + "?");
        }
        throw CannotDo.usage("--server '" + text + "' is no address of a server: did you mean " + example + "?");
    }

    private ApiKey key() {
        Path file = keyFile.isEmpty() ? LOCAL_KEY : Path.of(keyFile);
        if (!Files.exists(file)) {
            throw CannotDo.usage(
                    "there is no API key in " + file.toAbsolutePath().normalize()
                            + ": name a file that holds one with --key-file, or start a cluster here with muster up");
        }
        try {
            return ApiKey.read(file);
        } catch (IOException e) {
            throw CannotDo.usage("cannot read the API key in " + file + ": " + FileFailure.of(e));
        } catch (IllegalArgumentException e) {
            throw CannotDo.usage(String.valueOf(e.getMessage()));
        }
    }
}

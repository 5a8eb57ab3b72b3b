package io.muster.cli;

import io.muster.client.ApiKey;
import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/// Which cluster a command speaks to, and with which key. A flag beats the environment, which beats the default.
final class ServerOptions {
    private static final Path LOCAL_KEY = Path.of(".muster/up/admin.key");

    @Option(
            names = "--server",
            paramLabel = "URL",
            split = ",",
            defaultValue = "${env:MUSTER_SERVER:-http://127.0.0.1:7102,http://127.0.0.1:7104,http://127.0.0.1:7106}",
            description = "Servers, any of which answers for all (or MUSTER_SERVER; default: those of muster up).")
    private List<String> servers = List.of();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            defaultValue = "${env:MUSTER_KEY_FILE:-}",
            description = "A file with the API key (or MUSTER_KEY_FILE; default: .muster/up/admin.key).")
    private String keyFile = "";

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long a call is tried again for (default: 30).")
    private int patienceSeconds = 30;

    /// Does something with a client, and gives its connections back.
    <T> T with(Use<T> use) throws InterruptedException {
        try (var transport = new Transport()) {
            var config = new ClientConfig(servers, Duration.ofSeconds(patienceSeconds));
            return use.with(new MusterClient(config, key(), transport));
        }
    }

    /// What is done with a client.
    interface Use<T> {
        T with(MusterClient client) throws InterruptedException;
    }

    private ApiKey key() {
        Path file = keyFile.isEmpty() ? LOCAL_KEY : Path.of(keyFile);
        if (!Files.exists(file)) {
            throw new CannotDo("there is no API key in " + file + ": name a file that holds one with --key-file");
        }
        try {
            return ApiKey.read(file);
        } catch (IOException e) {
            throw new CannotDo("cannot read the API key in " + file + ": " + e.getMessage());
        }
    }
}

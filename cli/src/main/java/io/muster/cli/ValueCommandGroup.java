package io.muster.cli;

import io.muster.client.MusterClient;
import io.muster.client.ValueDocument;
import io.muster.client.ValuePage;
import io.muster.encoding.Bytes;
import io.muster.wire.Json;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.WireLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `muster value`: SET and DELETE of the Raft document, and what they left.
@Command(
        name = "value",
        description = "Set, delete, show and list values under keys in the replicated log.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  muster value set colour '{\"r\": 10}'",
            "  muster value get colour",
            "  muster value list --prefix sites/"
        })
public final class ValueCommandGroup {
    private static final String COMMAND = "/api/command";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Printing printing = new Printing();

    @Command(
            name = "set",
            description = "Store a value under a key, once a majority has it: JSON where it is some, text otherwise.",
            mixinStandardHelpOptions = true)
    int set(
            @Parameters(paramLabel = "KEY") String key,
            @Parameters(paramLabel = "VALUE") String value,
            @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return run(idempotency, command("SET", key, Optional.of(json(value))));
    }

    @Command(
            name = "delete",
            description = "Remove a key with its value, where it is there.",
            mixinStandardHelpOptions = true)
    int delete(@Parameters(paramLabel = "KEY") String key, @Mixin IdempotencyOption idempotency)
            throws InterruptedException {
        return run(idempotency, command("DELETE", key, Optional.empty()));
    }

    /// Ends with [ExitCode#NOT_FOUND] where there is no such key.
    @Command(
            name = "get",
            description = "Print the value under a key, with everything that was acknowledged before.",
            mixinStandardHelpOptions = true)
    int get(@Parameters(paramLabel = "KEY") String key) throws InterruptedException {
        return server.with(client -> {
            ValueDocument found = client.value(key)
                    .orElseThrow(() -> new CannotDo(ExitCode.NOT_FOUND, "there is no value under '" + key + "'"));
            if (printing.isJson()) {
                Printing.json(spec, found);
            } else {
                Printing.line(spec, found.value().text());
            }
            return ExitCode.WELL.number();
        });
    }

    @Command(name = "list", description = "List keys with their values, by key.", mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--prefix",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "Only keys that begin so.")
                    String prefix,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (default: 50).")
                    int limit,
            @Option(
                            names = "--cursor",
                            paramLabel = "CURSOR",
                            defaultValue = "",
                            description = "Where to go on, as an earlier list said.")
                    String cursor)
            throws InterruptedException {
        if (limit < 1 || limit > WireLimits.MAX_PAGE_ITEMS) {
            throw CannotDo.usage("--limit is " + limit + "; it must lie between 1 and " + WireLimits.MAX_PAGE_ITEMS);
        }
        return server.with(client -> {
            print(client.values(prefix, limit, cursor));
            return ExitCode.WELL.number();
        });
    }

    private void print(ValuePage page) {
        if (printing.isJson()) {
            Printing.json(spec, page);
            return;
        }
        var table = new TextTable("KEY", "VALUE", "REVISION");
        page.items()
                .forEach(each -> table.row(
                        AdvisoryText.oneLine(each.key()),
                        AdvisoryText.oneLine(each.value().text()),
                        each.revision()));
        Printing.table(spec, table);
        if (page.next() != null) {
            Printing.remark(spec, "more follow: --cursor " + page.next());
        }
    }

    private int run(IdempotencyOption idempotency, Bytes command) throws InterruptedException {
        idempotency.check();
        return server.with(client -> {
            Bytes answer = idempotency.write(client, (MusterClient keyed) -> keyed.write(COMMAND, command));
            Printing.line(spec, answer.text());
            return ExitCode.WELL.number();
        });
    }

    private static Bytes command(String operation, String key, Optional<Bytes> value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", operation);
        fields.put("key", key);
        value.ifPresent(json -> fields.put("value", json));
        return Json.write(Map.of("command", fields));
    }

    private static Bytes json(String said) {
        Bytes text = Bytes.utf8(said);
        try {
            return Json.checked(text);
        } catch (MalformedJsonException e) {
            return Json.write(said);
        }
    }
}

package io.muster.node;

import io.muster.client.BrokenException;
import io.muster.client.ClientConfig;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.ObjectTransfer;
import io.muster.client.OutputReport;
import io.muster.client.RefusedException;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import io.muster.worker.OutputKeeper;
import io.muster.worker.Printed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what runs print into the cluster: the whole as an object, its end and the object's name into the log.
///
/// Where the whole finds no place, the log says why beside the end. While nobody leads, the run waits with it: its
/// result could not be reported either.
public final class UploadedOutputs implements OutputKeeper {
    /// A result waits no longer than this for its text to find a majority.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Refusals that another try at once would meet again: the cluster has no place for the object.
    private static final Set<String> NO_PLACE =
            Set.of("/problems/object-not-safe", "/problems/objects-full", "/problems/limit-reached");

    private static final int MAX_REASON_CHARACTERS = 250;

    private static final Logger log = LoggerFactory.getLogger(UploadedOutputs.class);

    private final ObjectTransfer transfer;
    private final MusterClient client;

    /// @param servers addresses of nodes, any of which takes objects
    public UploadedOutputs(List<String> servers, ApiKey key, HttpConnections transport) {
        var config = new ClientConfig(servers, PATIENCE);
        this.transfer = new ObjectTransfer(config, key, transport);
        this.client = new MusterClient(config, key, transport);
    }

    @Override
    public void keep(Printed printed) throws InterruptedException {
        OutputReport report = uploaded(printed);
        while (true) {
            try {
                client.keepOutput(printed.id().job(), report);
                return;
            } catch (RefusedException e) {
                log.warn("output refused job={} reason=\"{}\"", printed.id().job(), e.getMessage());
                return;
            } catch (BrokenException e) {
                log.warn("output lost job={} reason=\"{}\"", printed.id().job(), e.getMessage());
                return;
            } catch (MusterException e) {
                String detail = e.problem().detail();
                if (report.missing() == null && NO_PLACE.contains(e.problem().type())) {
                    report = report(printed, null, String.valueOf(detail));
                }
                log.info(
                        "output not kept yet job={} reason=\"{}\"", printed.id().job(), detail);
            }
        }
    }

    private OutputReport uploaded(Printed printed) throws InterruptedException {
        return switch (printed.whole()) {
            case Printed.Whole.InTail() -> report(printed, null, null);
            case Printed.Whole.Missing(var reason) -> report(printed, null, reason);
            case Printed.Whole.InFile(Path file) -> {
                try {
                    var name = ObjectTransfer.FileName.of(file);
                    transfer.upload(file, name);
                    yield report(printed, name, null);
                } catch (MusterException | IOException e) {
                    log.warn(
                            "output not uploaded job={} reason=\"{}\"",
                            printed.id().job(),
                            e.getMessage());
                    yield report(printed, null, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static OutputReport report(
            Printed printed, ObjectTransfer.@Nullable FileName name, @Nullable String missing) {
        return new OutputReport(
                printed.worker(),
                printed.id().attempt(),
                printed.written(),
                Base64.getEncoder().encodeToString(printed.tail().array()),
                name == null ? null : name.digest(),
                name == null ? null : name.bytes(),
                missing == null ? null : missing.substring(0, Math.min(missing.length(), MAX_REASON_CHARACTERS)));
    }
}

package io.muster.node;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.handlers.AuditHandler;
import io.muster.handlers.NoopHandler;
import io.muster.handlers.SleepHandler;
import io.muster.worker.Handler;
import io.muster.worker.Handlers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker of this program can do: its handlers, and the advisory set that audits match against.
public final class HandlerToolbox implements AutoCloseable {
    private final @Nullable AdvisoryDatabase advisories;

    private HandlerToolbox(@Nullable AdvisoryDatabase advisories) {
        this.advisories = advisories;
    }

    /// Opens the advisories in `place`; `""` for none, and then no audits.
    public static HandlerToolbox open(String place) {
        if (place.isEmpty()) {
            return new HandlerToolbox(null);
        }
        try {
            return new HandlerToolbox(AdvisoryDatabase.openOrLoad(Path.of(place)));
        } catch (IOException e) {
            throw new ConfigException("cannot read the advisories in " + place + ": " + e.getMessage());
        }
    }

    /// What this node's worker can run: without advisories everything but audits.
    public Handlers handlers() {
        var handlers = new ArrayList<Handler>(List.of(new NoopHandler(), new SleepHandler()));
        if (advisories != null) {
            handlers.add(new AuditHandler(advisories));
        }
        return new Handlers(handlers);
    }

    /// The SHA-256 of the advisory set in hexadecimal, as audits name it in the log; `""` for none.
    String digest() {
        return advisories == null
                ? ""
                : advisories.digest().substring(advisories.digest().indexOf(':') + 1);
    }

    @Override
    public void close() {
        if (advisories != null) {
            advisories.close();
        }
    }
}

package io.muster.node;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.handlers.AuditHandler;
import io.muster.handlers.NoopHandler;
import io.muster.handlers.PublishHandler;
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
    private final @Nullable Path published;

    private HandlerToolbox(@Nullable AdvisoryDatabase advisories, @Nullable Path published) {
        this.advisories = advisories;
        this.published = published;
    }

    /// Opens the advisories in `place`; `""` for none, and then no audits.
    public static HandlerToolbox open(String place) {
        return open(place, "");
    }

    /// The same, with the folder of files that its jobs may write; `""` for none.
    public static HandlerToolbox open(String place, String published) {
        Path folder = published.isEmpty() ? null : Path.of(published);
        if (place.isEmpty()) {
            return new HandlerToolbox(null, folder);
        }
        try {
            return new HandlerToolbox(AdvisoryDatabase.openOrLoad(Path.of(place)), folder);
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
        if (published != null) {
            handlers.add(new PublishHandler(published));
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

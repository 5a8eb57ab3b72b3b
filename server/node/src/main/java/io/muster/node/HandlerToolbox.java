package io.muster.node;

import io.muster.catalog.AdvisoryDatabase;
import io.muster.handlers.AuditHandler;
import io.muster.handlers.FetchedSets;
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
    private @Nullable FetchedSets sets;

    private HandlerToolbox(@Nullable AdvisoryDatabase advisories, @Nullable Path published) {
        this.advisories = advisories;
        this.published = published;
    }

    /// Opens the advisories in `place`; `""` for none, and then audits ask those that the cluster has published.
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

    /// What a worker can run.
    ///
    /// @param folder where it keeps sets of advisories that the cluster has published
    /// @param source where it gets them
    public Handlers handlers(Path folder, FetchedSets.Source source) {
        var fetched = new FetchedSets(advisories, folder, source);
        sets = fetched;
        var handlers =
                new ArrayList<Handler>(List.of(new NoopHandler(), new SleepHandler(), new AuditHandler(fetched)));
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
        if (sets != null) {
            sets.close();
        }
        if (advisories != null) {
            advisories.close();
        }
    }
}

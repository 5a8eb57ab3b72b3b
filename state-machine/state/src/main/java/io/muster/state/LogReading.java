package io.muster.state;

import io.muster.encoding.MalformedException;
import io.muster.encoding.Utf8;
import io.muster.log.CommandKind;
import io.muster.log.CommittedBatch;
import io.muster.log.CommittedBatch.Content;
import io.muster.log.Entries;
import io.muster.log.Envelope;
import io.muster.log.LogCommand;
import java.util.ArrayList;
import java.util.List;

/// Puts the entries of a log into words for people. It holds no state of the cluster: any thread may use it.
public final class LogReading {
    /// A line that people read; a value may be a thousand times as long.
    public static final int MAX_SUMMARY_BYTES = 400;

    private final Kinds kinds = ClusterState.knownKinds();

    /// The entries of a batch in order.
    public List<LoggedEntry> read(CommittedBatch batch) {
        return switch (batch.content()) {
            case Content.Commands(var body) -> {
                var entries = new ArrayList<LoggedEntry>(batch.count());
                for (Envelope envelope : Entries.split(body, batch.count())) {
                    entries.add(read(batch, batch.firstIndex() + entries.size(), envelope));
                }
                yield entries;
            }
            case Content.TermStart(var leader) -> List.of(own(batch, "term.start", leader + " leads"));
            case Content.EngineOwn() -> List.of(own(batch, "engine.own", ""));
        };
    }

    private LoggedEntry read(CommittedBatch batch, long index, Envelope envelope) {
        var known = kinds.find(envelope.kind());
        String name = known == null
                ? "0x" + Integer.toHexString(envelope.kind())
                : known.kind().name();
        String summary = known == null ? "" : Utf8.cut(summary(known.kind(), envelope), MAX_SUMMARY_BYTES);
        return new LoggedEntry(
                index,
                batch.term(),
                batch.time().micros(),
                name,
                envelope.principal(),
                summary,
                envelope.body().size());
    }

    /// What was refused when it was applied, because nobody could read it, stands in the log all the same.
    private static <C extends LogCommand> String summary(CommandKind<C> kind, Envelope envelope) {
        try {
            return kind.decode(envelope.version(), envelope.body()).summary();
        } catch (MalformedException | IllegalArgumentException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private static LoggedEntry own(CommittedBatch batch, String kind, String summary) {
        return new LoggedEntry(batch.firstIndex(), batch.term(), batch.time().micros(), kind, "", summary, 0);
    }
}

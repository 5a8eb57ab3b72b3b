package io.muster.values;

import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.FrozenSection;
import io.muster.log.Ledger;
import io.muster.log.ReplyCodec;
import io.muster.log.Stamp;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Keys with their values, and the last commands of the Raft seed's kind.
public final class ValueLedger implements Ledger<ValueCommand> {
    private final TreeMap<String, Value> values = new TreeMap<>();
    private final Recent recent = new Recent();
    private final Consumer<String> changes;
    private long bytes;

    /// The sum over all values: adding and taking away need not look at the others, and their order does not matter.
    private long valuesDigest;

    /// @param changes hears of each key whose value somebody set or deleted
    public ValueLedger(Consumer<String> changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "values";
    }

    @Override
    public List<CommandKind<ValueCommand>> kinds() {
        return ValueCommands.KINDS;
    }

    @Override
    public ValueReply apply(Stamp stamp, ValueCommand command, Envelope envelope) {
        return apply(stamp, command);
    }

    /// Carries out a command that stands at `stamp`.
    public ValueReply apply(Stamp stamp, ValueCommand command) {
        recent.add(new RecentCommand(stamp.term(), stamp.index(), stamp.micros(), command));
        return switch (command) {
            case ValueCommand.Set set -> {
                var reply = set(stamp, set);
                changes.accept(set.key());
                yield reply;
            }
            case ValueCommand.Delete(var key) -> {
                var reply = delete(key);
                changes.accept(key);
                yield reply;
            }
            case ValueCommand.Other _ -> new ValueReply.Accepted();
        };
    }

    /// What stands under `key`.
    public Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// All keys and their values, by key; a view that changes with the ledger.
    public SortedMap<String, Value> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /// The last commands of the Raft seed's kind, oldest first.
    public List<RecentCommand> recent() {
        return recent.all();
    }

    @Override
    public long digest(int level) {
        return new Digest().add(valuesDigest).add(bytes).add(level).value();
    }

    @Override
    public ReplyCodec replies() {
        return new ValueReplyCodec();
    }

    @Override
    public FrozenSection freeze() {
        return ValueSection.of(this);
    }

    @Override
    public void fill(Iterable<Bytes> chunks) {
        ValueSection.fill(this, chunks);
    }

    private ValueReply set(Stamp stamp, ValueCommand.Set set) {
        Value before = values.get(set.key());
        int freed = before == null ? -keySize(set.key()) : before.json().size();
        long growth = (long) set.value().size() - freed;
        if (before == null && values.size() >= ValueLimits.MAX_KEYS) {
            return new ValueReply.Full("keys", ValueLimits.MAX_KEYS);
        }
        if (bytes + growth > ValueLimits.MAX_TOTAL_BYTES) {
            return new ValueReply.Full("bytes of keys and values", ValueLimits.MAX_TOTAL_BYTES);
        }
        bytes += growth;
        put(set.key(), new Value(set.value(), stamp.index(), stamp.micros()));
        return new ValueReply.Stored(stamp.index());
    }

    private void put(String key, Value value) {
        Value before = values.put(key, value);
        valuesDigest += digest(key, value) - (before == null ? 0 : digest(key, before));
    }

    private static long digest(String key, Value value) {
        return new Digest().add(key).add(value.json()).add(value.revision()).value();
    }

    private ValueReply delete(String key) {
        Value before = values.remove(key);
        if (before == null) {
            return new ValueReply.NotThere();
        }
        bytes -= before.json().size() + keySize(key);
        valuesDigest -= digest(key, before);
        return new ValueReply.Deleted();
    }

    /// Puts back what a snapshot holds.
    void restore(String key, Value value) {
        put(key, value);
        bytes += value.json().size() + keySize(key);
    }

    /// Puts back what a snapshot holds.
    void restore(RecentCommand command) {
        recent.add(command);
    }

    private static int keySize(String key) {
        return Bytes.utf8(key).size();
    }
}

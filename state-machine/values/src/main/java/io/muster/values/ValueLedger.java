package io.muster.values;

import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.log.Stamp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keys with their values, the cluster's settings and its feature level: a deterministic function of the log.
///
/// One thread owns it; reads happen on that thread too.
public final class ValueLedger {
    /// The level of a cluster that has never raised it.
    public static final int FIRST_FEATURE_LEVEL = 1;

    private final TreeMap<String, Value> values = new TreeMap<>();
    private final TreeMap<String, String> settings = new TreeMap<>();
    private final Recent recent = new Recent();
    private long bytes;

    /// The sum over all values: adding and taking away need not look at the others, and their order does not matter.
    private long valuesDigest;

    private int featureLevel = FIRST_FEATURE_LEVEL;

    /// Carries out a command that stands at `stamp`.
    public ValueReply apply(Stamp stamp, ValueCommand command) {
        return switch (command) {
            case ValueCommand.Set set -> {
                recent.add(new RecentCommand(stamp.term(), stamp.index(), stamp.micros(), command));
                yield set(stamp, set);
            }
            case ValueCommand.Delete(var key) -> {
                recent.add(new RecentCommand(stamp.term(), stamp.index(), stamp.micros(), command));
                yield delete(key);
            }
            case ValueCommand.Other _ -> {
                recent.add(new RecentCommand(stamp.term(), stamp.index(), stamp.micros(), command));
                yield new ValueReply.Accepted();
            }
            case ValueCommand.ChangeSetting(var name, var value) -> change(name, value);
            case ValueCommand.RaiseFeatureLevel(var level) -> {
                featureLevel = Math.max(featureLevel, level);
                yield new ValueReply.FeatureLevel(featureLevel);
            }
        };
    }

    /// What stands under `key`.
    public Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// All keys and their values, by key; a view that changes with the ledger.
    public Map<String, Value> values() {
        return Collections.unmodifiableMap(values);
    }

    /// The settings that differ from their defaults, by name; a view that changes with the ledger.
    public Map<String, String> settings() {
        return Collections.unmodifiableMap(settings);
    }

    /// The highest version of anything that may stand in the log.
    public int featureLevel() {
        return featureLevel;
    }

    /// The last commands of the Raft seed's kind, oldest first.
    public List<RecentCommand> recent() {
        return recent.all();
    }

    /// A fingerprint of keys, values, settings and level: equal on two nodes whose ledgers are equal.
    public long digest() {
        var digest = new Digest().add(valuesDigest).add(bytes).add(featureLevel);
        settings.forEach((name, value) -> digest.add(name).add(value));
        return digest.value();
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

    private ValueReply change(String name, String value) {
        if (value.isEmpty()) {
            settings.remove(name);
            return new ValueReply.Accepted();
        }
        if (!settings.containsKey(name) && settings.size() >= ValueLimits.MAX_SETTINGS) {
            return new ValueReply.Full("settings", ValueLimits.MAX_SETTINGS);
        }
        settings.put(name, value);
        return new ValueReply.Accepted();
    }

    /// Puts back what a snapshot holds.
    void restore(String key, Value value) {
        put(key, value);
        bytes += value.json().size() + keySize(key);
    }

    /// Puts back what a snapshot holds.
    void restore(Map<String, String> restoredSettings, int restoredLevel, List<RecentCommand> restoredCommands) {
        settings.putAll(restoredSettings);
        featureLevel = restoredLevel;
        restoredCommands.forEach(recent::add);
    }

    private static int keySize(String key) {
        return Bytes.utf8(key).size();
    }
}

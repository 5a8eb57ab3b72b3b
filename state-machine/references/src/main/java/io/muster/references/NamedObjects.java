package io.muster.references;

import io.muster.encoding.Digest;
import io.muster.encoding.Invariant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Counts how often each object is named, and how much that is by owner and in total.
///
/// An object that is named for the first time counts against its owner until it is forgotten.
final class NamedObjects {
    private final TreeMap<String, NamedObject> objects = new TreeMap<>();
    private final Map<String, Long> bytesByOwner = new HashMap<>();

    /// The digests of those that nothing names, those first that were released first.
    private final LinkedHashSet<String> free = new LinkedHashSet<>();

    private long bytes;

    /// Why `owner` cannot name `id`; none where it can.
    Optional<ReferenceReply.Full> refusal(ObjectId id, String owner) {
        NamedObject known = objects.get(id.digest());
        if (known != null) {
            return known.id().equals(id)
                    ? Optional.empty()
                    : Optional.of(new ReferenceReply.Full(
                            ReferenceReply.Room.OF_OBJECT,
                            "the object of that digest has " + known.id().bytes() + " bytes"));
        }
        long ofOwner = bytesByOwner.getOrDefault(owner, 0L);
        if (ofOwner + id.bytes() > ReferenceLimits.MAX_OWNER_BYTES) {
            return Optional.of(new ReferenceReply.Full(
                    ReferenceReply.Room.OF_OWNER,
                    owner + " has named objects of " + ofOwner + " bytes; with " + id.bytes()
                            + " more it were over the limit of " + ReferenceLimits.MAX_OWNER_BYTES));
        }
        if (objects.size() >= ReferenceLimits.MAX_OBJECTS || bytes + id.bytes() > ReferenceLimits.MAX_TOTAL_BYTES) {
            return Optional.of(new ReferenceReply.Full(
                    ReferenceReply.Room.IN_TOTAL,
                    "the cluster names " + objects.size() + " objects of " + bytes + " bytes; its limits are "
                            + ReferenceLimits.MAX_OBJECTS + " and " + ReferenceLimits.MAX_TOTAL_BYTES));
        }
        return Optional.empty();
    }

    /// Names an object once more.
    void refer(ObjectId id, String owner) {
        NamedObject known = objects.get(id.digest());
        put((known == null ? new NamedObject(id, owner, 0, 0) : known).referred());
        free.remove(id.digest());
    }

    /// Names an object once less.
    void release(ObjectId id, long elapsedMicros) {
        NamedObject known = Invariant.present(objects.get(id.digest()), "what is released was named");
        Invariant.check(known.references() > 0, "no object is named less than never");
        var released = known.released(elapsedMicros);
        put(released);
        if (released.references() == 0) {
            free.add(id.digest());
        }
    }

    /// The one that has been free for longest, if it is for [ReferenceLimits#GRACE_MICROS] at least.
    Optional<NamedObject> due(long elapsedMicros) {
        if (free.isEmpty()) {
            return Optional.empty();
        }
        NamedObject first = objects.get(free.getFirst());
        return Optional.ofNullable(first)
                .filter(object -> object.freeSinceMicros() + ReferenceLimits.GRACE_MICROS <= elapsedMicros);
    }

    /// Lets one that is due stay for another while.
    void keep(NamedObject object, long elapsedMicros) {
        free.remove(object.id().digest());
        put(new NamedObject(object.id(), object.owner(), 0, elapsedMicros));
        free.add(object.id().digest());
    }

    /// Forgets one that is due.
    void forget(NamedObject object) {
        objects.remove(object.id().digest());
        free.remove(object.id().digest());
        bytes -= object.id().bytes();
        bytesByOwner.compute(object.owner(), (_, sum) -> {
            long left = (sum == null ? 0 : sum) - object.id().bytes();
            return left == 0 ? null : left;
        });
    }

    private void put(NamedObject object) {
        if (objects.put(object.id().digest(), object) == null) {
            bytes += object.id().bytes();
            bytesByOwner.merge(object.owner(), object.id().bytes(), Long::sum);
        }
    }

    /// Puts back what a snapshot holds; free ones in the order of [#inOrder].
    void restore(NamedObject object) {
        put(object);
        if (object.references() == 0) {
            free.add(object.id().digest());
        }
    }

    /// All: those that are named, by digest, then the free ones in the order in which they became so.
    List<NamedObject> inOrder() {
        var named = objects.values().stream().filter(object -> object.references() > 0);
        return java.util.stream.Stream.concat(
                        named,
                        free.stream().map(digest -> Invariant.present(objects.get(digest), "a free one is known")))
                .toList();
    }

    Optional<NamedObject> find(String digest) {
        return Optional.ofNullable(objects.get(digest));
    }

    int count() {
        return objects.size();
    }

    long bytes() {
        return bytes;
    }

    void addTo(Digest digest) {
        digest.add(bytes).add(free.size());
        for (NamedObject each : objects.values()) {
            digest.add(each.id().digest()).add(each.references()).add(each.freeSinceMicros());
        }
    }
}

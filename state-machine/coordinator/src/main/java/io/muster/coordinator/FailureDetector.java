package io.muster.coordinator;

import io.muster.log.NodeId;
import java.util.Collection;
import java.util.TreeMap;

/// When the leader last heard of each worker, on its own monotonic clock. It never reaches the log; only what follows
/// from it does.
///
/// A closed channel suspends a worker at once and loses it after [#GRACE_NANOS] without a new exchange, or after
/// [#LEASE_NANOS] if it holds nothing that somebody waits for; silence loses it after [#LEASE_NANOS]. A new leader has
/// heard of nobody, so it grants everyone one full lease.
final class FailureDetector {
    /// How often a worker sends an exchange.
    static final long HEARTBEAT_NANOS = 1_000_000_000L;

    /// Three heartbeats: a worker may miss two of them.
    static final long LEASE_NANOS = 3 * HEARTBEAT_NANOS;

    /// After its channel closed a worker that holds jobs has this long to come back; a killed process does not. It is
    /// longer than a heartbeat, so that one that comes back with its next heartbeat is in time.
    static final long GRACE_NANOS = HEARTBEAT_NANOS + HEARTBEAT_NANOS / 2;

    private final TreeMap<NodeId, Contact> contacts = new TreeMap<>();

    /// What is to be done about a worker.
    sealed interface WorkerHealth {
        /// Nothing.
        record Present() implements WorkerHealth {}

        /// Give it nothing new.
        record Away() implements WorkerHealth {}

        /// What it holds is lost.
        record Gone(String reason) implements WorkerHealth {}
    }

    /// Starts anew as leader: each of `workers` counts as heard now.
    void begin(Collection<NodeId> workers, long nowNanos) {
        contacts.clear();
        workers.forEach(worker -> contacts.put(worker, new Contact(nowNanos)));
    }

    /// An exchange of `worker` came.
    void heard(NodeId worker, long nowNanos) {
        contacts.put(worker, new Contact(nowNanos));
    }

    /// When the last exchange of `worker` came.
    long lastHeardNanos(NodeId worker, long nowNanos) {
        return contacts.computeIfAbsent(worker, _ -> new Contact(nowNanos)).heardNanos;
    }

    /// An exchange of `worker` came that says why it could not read its last answer. It does not count
    /// as a sign of life: a worker that cannot read its answers does nothing that they say.
    void answerUnread(NodeId worker, String why, long nowNanos) {
        contacts.computeIfAbsent(worker, _ -> new Contact(nowNanos)).unread = why;
    }

    /// The channel of `worker` is closed.
    void channelClosed(NodeId worker, long nowNanos) {
        var contact = contacts.computeIfAbsent(worker, _ -> new Contact(nowNanos));
        contact.hasLeft = true;
        contact.leftNanos = nowNanos;
    }

    /// Leaves out of account that nobody was listened to for `nanos`: what workers said meanwhile still waits.
    void discount(long nanos) {
        for (Contact contact : contacts.values()) {
            contact.heardNanos += nanos;
            contact.leftNanos += nanos;
        }
    }

    /// What is to be done about `worker` now.
    ///
    /// @param graceNanos how long it may be away after its channel closed
    WorkerHealth health(NodeId worker, long graceNanos, long nowNanos) {
        var contact = contacts.computeIfAbsent(worker, _ -> new Contact(nowNanos));
        if (contact.hasLeft && nowNanos - contact.leftNanos >= graceNanos) {
            return gone(
                    contact, "its channel closed and it did not come back within " + graceNanos / 1_000_000 + " ms");
        }
        if (nowNanos - contact.heardNanos >= LEASE_NANOS) {
            return gone(contact, "it was silent for three beats of 1 s");
        }
        return contact.hasLeft ? new WorkerHealth.Away() : new WorkerHealth.Present();
    }

    private static WorkerHealth gone(Contact contact, String reason) {
        return new WorkerHealth.Gone(
                contact.unread.isEmpty() ? reason : "it cannot read what it is told: " + contact.unread);
    }

    private static final class Contact {
        private long heardNanos;
        private boolean hasLeft;
        private long leftNanos;
        private String unread = "";

        Contact(long heardNanos) {
            this.heardNanos = heardNanos;
        }
    }
}

package io.muster.state;

import io.muster.access.AccessCommand;
import io.muster.access.AccessCommands;
import io.muster.encoding.Bytes;
import io.muster.encoding.Digest;
import io.muster.encoding.Sha256;
import io.muster.jobs.JobLimits;
import io.muster.log.CommandKind;
import io.muster.log.Envelope;
import io.muster.log.Reply;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The first answers to requests that carried an idempotency key, for a day of the time that leaders
/// led: cancels, retries, purges, acts in bulk, audits, values, keys. Submits of jobs have a table of
/// their own in their ledger, which remembers millions.
///
/// A key is kept for that long while there is room, and for [JobLimits#IDEMPOTENCY_FLOOR_MICROS] in any
/// case: every write of a client carries one, so that a caller who writes four times a minute would
/// have filled its share within a day and could write nothing more. Where there is no room, the oldest
/// key above that age gives way, the caller's own first; where none is that old, the new one is
/// refused.
final class Repetitions {
    /// Each costs some 200 bytes; acts of people and pipelines, not of every job.
    static final int MAX_KEYS = 100_000;

    /// One caller's share, so that none can take all.
    static final int MAX_KEYS_OF_ONE = 20_000;

    /// How long a key answers as it did, while there is room for it.
    static final long LIFE_MICROS = 24L * 3_600 * 1_000_000;

    /// A key, which is its caller's alone.
    record Name(String principal, String key) {}

    /// What is remembered under a key.
    ///
    /// @param kind the kind of command that it came with
    /// @param digest of what was asked for
    /// @param sinceElapsedMicros the elapsed time at which it was answered
    record Answer(Name name, int kind, Bytes digest, long sinceElapsedMicros, Reply reply) {
        boolean isOf(Envelope envelope) {
            return kind == envelope.kind() && digest.equals(digestOf(envelope));
        }
    }

    private final LinkedHashMap<Name, Answer> answers = new LinkedHashMap<>();

    /// Each caller's keys, the oldest first.
    private final Map<String, ArrayDeque<Name>> byPrincipal = new HashMap<>();

    private Digest history = new Digest();

    /// Whether a repetition of this request is known here.
    static boolean covers(CommandKind<?> kind, Envelope envelope) {
        return kind.repeats() == CommandKind.Repeats.SHARED
                && !envelope.idempotencyKey().isEmpty()
                && !envelope.principal().isEmpty();
    }

    /// What to answer without carrying the request out: the first answer, or why it is refused. None
    /// for a new one.
    Optional<Reply> before(Envelope envelope, long elapsedMicros) {
        expire(elapsedMicros);
        Answer first = answers.get(name(envelope));
        if (first != null) {
            return Optional.of(
                    first.isOf(envelope) ? first.reply : new StateReply.KeyConflict(envelope.idempotencyKey()));
        }
        Name giving = givingWay(envelope.principal());
        if (giving == null) {
            return Optional.empty();
        }
        Answer oldest = Objects.requireNonNull(answers.get(giving), "who gives way is remembered");
        long wait = oldest.sinceElapsedMicros + JobLimits.IDEMPOTENCY_FLOOR_MICROS - elapsedMicros;
        int limit = isShareFull(envelope.principal()) ? MAX_KEYS_OF_ONE : MAX_KEYS;
        return wait > 0 ? Optional.of(new StateReply.KeysFull(limit, Math.max(1_000, wait / 1_000))) : Optional.empty();
    }

    /// Remembers the answer to a new request; one that was refused for want of room may come again.
    void remember(Envelope envelope, long elapsedMicros, Reply reply) {
        if (reply.mayChange()) {
            return;
        }
        var answer = new Answer(name(envelope), envelope.kind(), digestOf(envelope), elapsedMicros, reply);
        Name giving = givingWay(envelope.principal());
        if (giving != null) {
            forget(giving);
        }
        restore(answer);
        history.add(answer.digest).add(elapsedMicros);
    }

    /// Puts back what a snapshot holds: the fingerprint.
    void restore(long remembered) {
        history = new Digest(remembered);
    }

    /// Puts an answer behind all others.
    void restore(Answer answer) {
        answers.put(answer.name, answer);
        byPrincipal
                .computeIfAbsent(answer.name.principal, _ -> new ArrayDeque<>())
                .addLast(answer.name);
    }

    /// What is remembered now.
    RepetitionSection freeze(Kinds kinds) {
        return new RepetitionSection(kinds, history.value(), List.copyOf(answers.values()));
    }

    /// A fingerprint of all that was ever remembered.
    long digest() {
        return new Digest(history.value()).add(answers.size()).value();
    }

    private void expire(long elapsedMicros) {
        while (!answers.isEmpty()
                && elapsedMicros - answers.firstEntry().getValue().sinceElapsedMicros >= LIFE_MICROS) {
            forget(answers.firstEntry().getKey());
        }
    }

    /// Whose place a new key of `principal` takes; null while there is room.
    private @Nullable Name givingWay(String principal) {
        if (isShareFull(principal)) {
            return Objects.requireNonNull(byPrincipal.get(principal), "a full share")
                    .getFirst();
        }
        return answers.size() >= MAX_KEYS ? answers.firstEntry().getKey() : null;
    }

    private boolean isShareFull(String principal) {
        var own = byPrincipal.get(principal);
        return own != null && own.size() >= MAX_KEYS_OF_ONE;
    }

    /// Forgets the oldest key of a caller.
    private void forget(Name oldest) {
        answers.remove(oldest);
        byPrincipal.computeIfPresent(oldest.principal, (_, own) -> {
            own.removeFirst();
            return own.isEmpty() ? null : own;
        });
    }

    private static Name name(Envelope envelope) {
        return new Name(envelope.principal(), envelope.idempotencyKey());
    }

    /// What makes two requests the same. A new API key is drawn anew by each try, so of it only what
    /// was asked for counts.
    private static Bytes digestOf(Envelope envelope) {
        return Sha256.of(asked(envelope));
    }

    private static Bytes asked(Envelope envelope) {
        if (envelope.kind() == AccessCommands.ADD_KEY.number()
                && AccessCommands.ADD_KEY.decode(envelope.version(), envelope.body())
                        instanceof AccessCommand.AddKey(var key)) {
            return Bytes.utf8(key.role() + "\n" + key.worker() + "\n" + key.principal());
        }
        return envelope.body();
    }
}

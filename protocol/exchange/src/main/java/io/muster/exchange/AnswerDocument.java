package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import io.muster.wire.RawJson;
import io.muster.wire.WireLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// An [ExchangeAnswer] in the shape of its JSON; which fields there are says which answer it is. `docs/exchange.md`
/// lists the fields in this order.
record AnswerDocument(
        long sequence,
        @Nullable String end,
        @Nullable String refused,
        @Nullable Integer retryAfterMillis,
        @Nullable List<AttemptId> acknowledged,
        @Nullable List<ClaimDocument> claims,
        @Nullable List<Drop> drop,
        @Nullable Integer holdMillis,
        @Nullable LeaderHint leader,
        @Nullable Long term,
        @Nullable Long index,
        @Nullable Boolean more) {

    record ClaimDocument(
            @Nullable String job,
            int attempt,
            @Nullable String fence,
            @Nullable String type,

            @JsonDeserialize(using = RawJson.KeepingNull.class) @Nullable Bytes payload,

            long timeoutMillis,
            @Nullable Instant deadline,

            @JsonDeserialize(using = RawJson.KeepingNull.class) @Nullable Bytes lastCheckpoint) {

        static ClaimDocument of(ClaimedRun run) {
            return new ClaimDocument(
                    run.id().job(),
                    run.id().attempt(),
                    run.fence(),
                    run.type(),
                    run.payload(),
                    run.timeoutMillis(),
                    run.deadline(),
                    ExchangeFields.unlessEmpty(run.lastCheckpoint()));
        }

        ClaimedRun run() {
            return new ClaimedRun(
                    ExchangeFields.attempt(job, attempt),
                    ExchangeFields.name(fence, "fence"),
                    ExchangeFields.name(type, "type"),
                    ExchangeFields.raw(Fields.present(payload, "payload"), "payload", WireLimits.MAX_PAYLOAD_BYTES),
                    timeoutMillis,
                    deadline,
                    ExchangeFields.raw(
                            Fields.orElse(lastCheckpoint, Bytes.EMPTY),
                            "lastCheckpoint",
                            WireLimits.MAX_CHECKPOINT_BYTES));
        }
    }

    record Drop(@Nullable String job, int attempt, @Nullable String why) {

        static Drop of(DroppedRun run) {
            return new Drop(run.id().job(), run.id().attempt(), run.why());
        }

        DroppedRun run() {
            return new DroppedRun(ExchangeFields.attempt(job, attempt), ExchangeFields.sentence(why, "why"));
        }
    }

    static AnswerDocument of(ExchangeAnswer answer) {
        return switch (answer) {
            case ExchangeReply reply -> of(reply);
            case ExchangeRefusal refusal ->
                new AnswerDocument(
                        refusal.sequence(),
                        null,
                        refusal.why(),
                        refusal.retryAfterMillis(),
                        null,
                        null,
                        null,
                        null,
                        refusal.leader(),
                        null,
                        null,
                        null);
            case ExchangeEnd end ->
                new AnswerDocument(
                        end.sequence(), end.why(), null, null, null, null, null, null, null, null, null, null);
        };
    }

    private static AnswerDocument of(ExchangeReply reply) {
        return new AnswerDocument(
                reply.sequence(),
                null,
                null,
                null,
                reply.acknowledged(),
                reply.claims().stream().map(ClaimDocument::of).toList(),
                reply.drop().stream().map(Drop::of).toList(),
                reply.leaseMillis(),
                reply.leader(),
                reply.term(),
                reply.index(),
                reply.more() ? true : null);
    }

    ExchangeAnswer answer() {
        if (end != null) {
            return new ExchangeEnd(sequence, ExchangeFields.sentence(end, "end"));
        }
        if (refused != null) {
            return new ExchangeRefusal(
                    sequence, ExchangeFields.sentence(refused, "refused"), Fields.orElse(retryAfterMillis, 0), leader);
        }
        return new ExchangeReply(
                sequence,
                ExchangeFields.each(acknowledged, "acknowledged", WireLimits.MAX_SLOTS, id -> id),
                ExchangeFields.each(claims, "claims", WireLimits.MAX_SLOTS, ClaimDocument::run),
                ExchangeFields.each(drop, "drop", WireLimits.MAX_SLOTS, Drop::run),
                Fields.orElse(holdMillis, 0),
                Fields.present(leader, "leader"),
                Fields.orElse(term, 0L),
                Fields.orElse(index, 0L),
                Fields.orElse(more, false));
    }
}

package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import io.muster.wire.RawJson;
import io.muster.wire.WireLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// An [ExchangeRequest] in the shape of its JSON; `docs/exchange.md` lists the fields in this order.
record RequestDocument(
        int protocol,
        @Nullable String worker,
        @Nullable String incarnation,
        long sequence,
        int slots,
        @Nullable Map<String, String> labels,
        @Nullable List<String> handlers,
        boolean draining,
        @Nullable List<Held> held,
        @Nullable List<Result> results,
        @Nullable String unread) {

    private static final Bytes NULL = Bytes.utf8("null");

    record Held(
            @Nullable String job,
            int attempt,

            @JsonDeserialize(using = RawJson.KeepingNull.class) @Nullable Bytes checkpoint) {

        static Held of(HeldRun run) {
            return new Held(run.id().job(), run.id().attempt(), ExchangeFields.unlessEmpty(run.checkpoint()));
        }

        HeldRun run() {
            return new HeldRun(ExchangeFields.attempt(job, attempt), taken(checkpoint));
        }
    }

    record Result(
            @Nullable String job,
            int attempt,
            @Nullable String outcome,

            @JsonDeserialize(using = RawJson.KeepingNull.class) @Nullable Bytes result,

            @Nullable String error,
            @Nullable Boolean retryable,

            @JsonDeserialize(using = RawJson.KeepingNull.class) @Nullable Bytes checkpoint) {

        static Result of(RunResult run) {
            String job = run.id().job();
            int attempt = run.id().attempt();
            @Nullable Bytes checkpoint = ExchangeFields.unlessEmpty(run.checkpoint());
            return switch (run.outcome()) {
                case RunOutcome.Succeeded(Bytes result) ->
                    new Result(job, attempt, "succeeded", result, null, null, checkpoint);
                case RunOutcome.Failed(String error, boolean retryable) ->
                    new Result(job, attempt, "failed", null, error, retryable, checkpoint);
                case RunOutcome.Released(String why) ->
                    new Result(job, attempt, "released", null, why, null, checkpoint);
            };
        }

        RunResult run() {
            return new RunResult(ExchangeFields.attempt(job, attempt), ending(), taken(checkpoint));
        }

        private RunOutcome ending() {
            return switch (Fields.present(outcome, "outcome")) {
                case "succeeded" -> succeeded(Fields.orElse(result, NULL));
                case "failed" -> new RunOutcome.Failed(cut(error), Fields.orElse(retryable, true));
                case "released" -> new RunOutcome.Released(cut(error));
                case String other ->
                    throw new IllegalArgumentException(
                            "'outcome' is '" + other + "': expected succeeded, failed or released");
            };
        }

        /// A result over the limit ends its own attempt. Refusing the request for it would keep everything else that it
        /// says from the leader, which would take the worker for silent.
        private static RunOutcome succeeded(Bytes result) {
            return result.size() <= WireLimits.MAX_RESULT_BYTES
                    ? new RunOutcome.Succeeded(result)
                    : new RunOutcome.Failed(
                            "the result has " + result.size() + " bytes, over the limit of "
                                    + WireLimits.MAX_RESULT_BYTES + ": upload it and refer to it",
                            false);
        }

        private static String cut(@Nullable String error) {
            String said = Fields.orElse(error, "");
            return said.length() <= WireLimits.MAX_ERROR_CHARACTERS
                    ? said
                    : said.substring(0, WireLimits.MAX_ERROR_CHARACTERS);
        }
    }

    static RequestDocument of(ExchangeRequest request) {
        return new RequestDocument(
                ExchangeRequest.PROTOCOL,
                request.worker(),
                Incarnations.text(request.incarnation()),
                request.sequence(),
                request.slots(),
                request.labels(),
                request.handlers(),
                request.draining(),
                request.held().stream().map(Held::of).toList(),
                request.results().stream().map(Result::of).toList(),
                request.unread().isEmpty() ? null : request.unread());
    }

    ExchangeRequest request() {
        if (protocol != ExchangeRequest.PROTOCOL) {
            throw new IllegalArgumentException("'protocol' is " + protocol + ": this server speaks protocol "
                    + ExchangeRequest.PROTOCOL + " of the exchange");
        }
        Map<String, String> named = Fields.sorted(labels);
        named.forEach((name, value) -> ExchangeFields.name(value, "labels/" + name));
        return new ExchangeRequest(
                ExchangeFields.name(worker, "worker"),
                Incarnations.parse(ExchangeFields.name(incarnation, "incarnation")),
                sequence,
                slots,
                named,
                ExchangeFields.each(
                        handlers, "handlers", WireLimits.MAX_HANDLERS, type -> ExchangeFields.name(type, "handlers")),
                draining,
                ExchangeFields.each(held, "held", WireLimits.MAX_SLOTS, Held::run),
                ExchangeFields.each(results, "results", WireLimits.MAX_SLOTS, Result::run),
                ExchangeFields.sentence(unread, "unread"));
    }

    /// A checkpoint over the limit is not taken: the last one that was stays.
    private static Bytes taken(@Nullable Bytes checkpoint) {
        return checkpoint == null || checkpoint.size() > WireLimits.MAX_CHECKPOINT_BYTES ? Bytes.EMPTY : checkpoint;
    }
}

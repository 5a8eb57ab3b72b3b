package io.muster.exchange;

import static io.muster.exchange.FieldReader.MAX_NAME;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import io.muster.wire.WireLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an [ExchangeRequest]. Every field may come in any order; what a worker must say is named when it is missing.
final class RequestReader {
    private static final Bytes NOTHING = Bytes.utf8("null");

    private int protocol;
    private @Nullable String worker;
    private @Nullable String incarnation;
    private long sequence;
    private int slots;
    private Map<String, String> labels = Map.of();
    private List<String> handlers = List.of();
    private boolean draining;
    private List<HeldRun> held = List.of();
    private List<RunResult> results = List.of();
    private String unread = "";

    private RequestReader() {}

    static ExchangeRequest read(FieldReader json) {
        RequestReader reader = new RequestReader();
        json.open();
        for (String name = json.next(); name != null; name = json.next()) {
            reader.take(name, json);
        }
        json.end();
        return reader.request();
    }

    private void take(String name, FieldReader json) {
        switch (name) {
            case "protocol" -> protocol = json.smallNumber();
            case "worker" -> worker = json.text(MAX_NAME);
            case "incarnation" -> incarnation = json.text(MAX_NAME);
            case "sequence" -> sequence = json.number();
            case "slots" -> slots = json.smallNumber();
            case "labels" -> labels = json.map(WireLimits.MAX_LABELS);
            case "handlers" -> handlers = json.list(WireLimits.MAX_HANDLERS, item -> item.text(MAX_NAME));
            case "draining" -> draining = json.truth();
            case "held" -> held = json.list(WireLimits.MAX_SLOTS, RequestReader::heldRun);
            case "results" -> results = json.list(WireLimits.MAX_SLOTS, RequestReader::result);
            case "unread" -> unread = json.text(WireLimits.MAX_ERROR_CHARACTERS);
            default -> json.skip();
        }
    }

    private ExchangeRequest request() {
        if (protocol != ExchangeRequest.PROTOCOL) {
            throw new IllegalArgumentException("'protocol' is " + protocol + ": this server speaks protocol "
                    + ExchangeRequest.PROTOCOL + " of the exchange");
        }
        return new ExchangeRequest(
                Fields.present(worker, "worker"),
                Incarnations.parse(Fields.present(incarnation, "incarnation")),
                sequence,
                slots,
                labels,
                handlers,
                draining,
                held,
                results,
                unread);
    }

    private static HeldRun heldRun(FieldReader json) {
        String job = null;
        int attempt = 0;
        Bytes checkpoint = Bytes.EMPTY;
        json.openCurrent();
        for (String name = json.next(); name != null; name = json.next()) {
            switch (name) {
                case "job" -> job = json.text(MAX_NAME);
                case "attempt" -> attempt = json.smallNumber();
                case "checkpoint" -> checkpoint = checkpoint(json);
                default -> json.skip();
            }
        }
        return new HeldRun(new AttemptId(Fields.present(job, "job"), attempt), checkpoint);
    }

    private static RunResult result(FieldReader json) {
        String job = null;
        int attempt = 0;
        String outcome = null;
        Bytes result = NOTHING;
        String error = "";
        boolean retryable = true;
        Bytes checkpoint = Bytes.EMPTY;
        json.openCurrent();
        for (String name = json.next(); name != null; name = json.next()) {
            switch (name) {
                case "job" -> job = json.text(MAX_NAME);
                case "attempt" -> attempt = json.smallNumber();
                case "outcome" -> outcome = json.text(MAX_NAME);
                case "result" -> result = json.raw(WireLimits.MAX_REQUEST_BYTES);
                case "error" -> error = cut(json.text(WireLimits.MAX_REQUEST_BYTES));
                case "retryable" -> retryable = json.truth();
                case "checkpoint" -> checkpoint = checkpoint(json);
                default -> json.skip();
            }
        }
        RunOutcome ending = switch (Fields.present(outcome, "outcome")) {
            case "succeeded" -> succeeded(result);
            case "failed" -> new RunOutcome.Failed(error, retryable);
            case "released" -> new RunOutcome.Released(error);
            case String other ->
                throw new IllegalArgumentException(
                        "'outcome' is '" + other + "': expected succeeded, failed or released");
        };
        return new RunResult(new AttemptId(Fields.present(job, "job"), attempt), ending, checkpoint);
    }

    /// A result over the limit ends its own attempt. Refusing the request for it would keep everything else that it
    /// says from the leader, which would take the worker for silent.
    private static RunOutcome succeeded(Bytes result) {
        return result.size() <= WireLimits.MAX_RESULT_BYTES
                ? new RunOutcome.Succeeded(result)
                : new RunOutcome.Failed(
                        "the result has " + result.size() + " bytes, over the limit of " + WireLimits.MAX_RESULT_BYTES
                                + ": upload it and refer to it",
                        false);
    }

    /// A checkpoint over the limit is not taken: the last one that was stays.
    private static Bytes checkpoint(FieldReader json) {
        Bytes checkpoint = json.raw(WireLimits.MAX_REQUEST_BYTES);
        return checkpoint.size() <= WireLimits.MAX_CHECKPOINT_BYTES ? checkpoint : Bytes.EMPTY;
    }

    private static String cut(String error) {
        return error.length() <= WireLimits.MAX_ERROR_CHARACTERS
                ? error
                : error.substring(0, WireLimits.MAX_ERROR_CHARACTERS);
    }
}

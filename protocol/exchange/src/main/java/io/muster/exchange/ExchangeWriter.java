package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.RawJson;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the exchange, field by field, in the order in which `docs/exchange.md` lists them.
final class ExchangeWriter {
    private ExchangeWriter() {}

    static void write(JsonGenerator json, ExchangeRequest request) {
        json.writeStartObject();
        json.writeNumberProperty("protocol", ExchangeRequest.PROTOCOL);
        json.writeStringProperty("worker", request.worker());
        json.writeStringProperty("incarnation", Incarnations.text(request.incarnation()));
        json.writeNumberProperty("sequence", request.sequence());
        json.writeNumberProperty("slots", request.slots());
        json.writeObjectPropertyStart("labels");
        request.labels().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeArrayPropertyStart("handlers");
        request.handlers().forEach(json::writeString);
        json.writeEndArray();
        json.writeBooleanProperty("draining", request.draining());
        json.writeArrayPropertyStart("held");
        for (HeldRun run : request.held()) {
            startWith(json, run.id());
            writeUnlessEmpty(json, "checkpoint", run.checkpoint());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("results");
        for (RunResult result : request.results()) {
            startWith(json, result.id());
            writeOutcome(json, result.outcome());
            writeUnlessEmpty(json, "checkpoint", result.checkpoint());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!request.unread().isEmpty()) {
            json.writeStringProperty("unread", request.unread());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, ExchangeAnswer answer) {
        json.writeStartObject();
        json.writeNumberProperty("sequence", answer.sequence());
        switch (answer) {
            case ExchangeReply reply -> writeReply(json, reply);
            case ExchangeRefusal refusal -> writeRefusal(json, refusal);
            case ExchangeEnd end -> json.writeStringProperty("end", end.why());
        }
        json.writeEndObject();
    }

    private static void writeReply(JsonGenerator json, ExchangeReply reply) {
        writeAttempts(json, reply.acknowledged());
        json.writeArrayPropertyStart("claims");
        for (ClaimedRun claim : reply.claims()) {
            writeClaim(json, claim);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("drop");
        for (DroppedRun drop : reply.drop()) {
            startWith(json, drop.id());
            json.writeStringProperty("why", drop.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("holdMillis", reply.holdMillis());
        writeLeader(json, reply.leader());
        json.writeNumberProperty("term", reply.term());
        json.writeNumberProperty("index", reply.index());
        if (reply.more()) {
            json.writeBooleanProperty("more", true);
        }
    }

    private static void writeAttempts(JsonGenerator json, List<AttemptId> acknowledged) {
        json.writeArrayPropertyStart("acknowledged");
        for (AttemptId id : acknowledged) {
            startWith(json, id);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeClaim(JsonGenerator json, ClaimedRun claim) {
        startWith(json, claim.id());
        json.writeStringProperty("fence", claim.fence());
        json.writeStringProperty("type", claim.type());
        json.writeName("payload");
        RawJson.write(json, claim.payload());
        json.writeNumberProperty("timeoutMillis", claim.timeoutMillis());
        if (claim.deadline() != null) {
            json.writeStringProperty("deadline", claim.deadline().toString());
        }
        writeUnlessEmpty(json, "lastCheckpoint", claim.lastCheckpoint());
        json.writeEndObject();
    }

    private static void writeRefusal(JsonGenerator json, ExchangeRefusal refusal) {
        json.writeStringProperty("refused", refusal.why());
        json.writeNumberProperty("retryAfterMillis", refusal.retryAfterMillis());
        if (refusal.leader() != null) {
            writeLeader(json, refusal.leader());
        }
    }

    private static void writeLeader(JsonGenerator json, LeaderHint leader) {
        json.writeObjectPropertyStart("leader");
        json.writeStringProperty("node", leader.node());
        json.writeStringProperty("apiAddress", leader.apiAddress());
        json.writeEndObject();
    }

    private static void writeOutcome(JsonGenerator json, RunOutcome outcome) {
        switch (outcome) {
            case RunOutcome.Succeeded succeeded -> {
                json.writeStringProperty("outcome", "succeeded");
                json.writeName("result");
                RawJson.write(json, succeeded.result());
            }
            case RunOutcome.Failed failed -> {
                json.writeStringProperty("outcome", "failed");
                json.writeStringProperty("error", failed.error());
                json.writeBooleanProperty("retryable", failed.retryable());
            }
            case RunOutcome.Released released -> {
                json.writeStringProperty("outcome", "released");
                json.writeStringProperty("error", released.why());
            }
        }
    }

    private static void writeUnlessEmpty(JsonGenerator json, String name, Bytes value) {
        if (!value.isEmpty()) {
            json.writeName(name);
            RawJson.write(json, value);
        }
    }

    private static void startWith(JsonGenerator json, AttemptId id) {
        json.writeStartObject();
        json.writeStringProperty("job", id.job());
        json.writeNumberProperty("attempt", id.attempt());
    }
}

package io.muster.exchange;

import static io.muster.exchange.FieldReader.MAX_NAME;

import io.muster.encoding.Bytes;
import io.muster.wire.Fields;
import io.muster.wire.WireLimits;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an [ExchangeAnswer]: an end if it has `end`, a refusal if it has `refused`, else a reply.
final class AnswerReader {
    private long sequence;
    private @Nullable String end;
    private @Nullable String refused;
    private int retryAfterMillis;
    private List<AttemptId> acknowledged = List.of();
    private List<ClaimedRun> claims = List.of();
    private List<DroppedRun> drop = List.of();
    private int holdMillis;
    private @Nullable LeaderHint leader;
    private long term;
    private long index;
    private boolean more;

    private AnswerReader() {}

    static ExchangeAnswer read(FieldReader json) {
        AnswerReader reader = new AnswerReader();
        json.open();
        for (String name = json.next(); name != null; name = json.next()) {
            reader.take(name, json);
        }
        json.end();
        return reader.answer();
    }

    private void take(String name, FieldReader json) {
        switch (name) {
            case "sequence" -> sequence = json.number();
            case "end" -> end = json.text(WireLimits.MAX_ERROR_CHARACTERS);
            case "refused" -> refused = json.text(WireLimits.MAX_ERROR_CHARACTERS);
            case "retryAfterMillis" -> retryAfterMillis = json.smallNumber();
            case "acknowledged" -> acknowledged = json.list(WireLimits.MAX_SLOTS, AnswerReader::attempt);
            case "claims" -> claims = json.list(WireLimits.MAX_SLOTS, AnswerReader::claim);
            case "drop" -> drop = json.list(WireLimits.MAX_SLOTS, AnswerReader::drop);
            case "holdMillis" -> holdMillis = json.smallNumber();
            case "leader" -> leader = leader(json);
            case "term" -> term = json.number();
            case "index" -> index = json.number();
            case "more" -> more = json.truth();
            default -> json.skip();
        }
    }

    private ExchangeAnswer answer() {
        if (end != null) {
            return new ExchangeEnd(sequence, end);
        }
        if (refused != null) {
            return new ExchangeRefusal(sequence, refused, retryAfterMillis, leader);
        }
        return new ExchangeReply(
                sequence, acknowledged, claims, drop, holdMillis, Fields.present(leader, "leader"), term, index, more);
    }

    private static AttemptId attempt(FieldReader json) {
        String job = null;
        int attempt = 0;
        json.openCurrent();
        for (String name = json.next(); name != null; name = json.next()) {
            switch (name) {
                case "job" -> job = json.text(MAX_NAME);
                case "attempt" -> attempt = json.smallNumber();
                default -> json.skip();
            }
        }
        return new AttemptId(Fields.present(job, "job"), attempt);
    }

    private static DroppedRun drop(FieldReader json) {
        String job = null;
        int attempt = 0;
        String why = "";
        json.openCurrent();
        for (String name = json.next(); name != null; name = json.next()) {
            switch (name) {
                case "job" -> job = json.text(MAX_NAME);
                case "attempt" -> attempt = json.smallNumber();
                case "why" -> why = json.text(WireLimits.MAX_ERROR_CHARACTERS);
                default -> json.skip();
            }
        }
        return new DroppedRun(new AttemptId(Fields.present(job, "job"), attempt), why);
    }

    private static LeaderHint leader(FieldReader json) {
        String node = null;
        String apiAddress = null;
        json.openCurrent();
        for (String name = json.next(); name != null; name = json.next()) {
            switch (name) {
                case "node" -> node = json.text(MAX_NAME);
                case "apiAddress" -> apiAddress = json.text(MAX_NAME);
                default -> json.skip();
            }
        }
        return new LeaderHint(Fields.present(node, "node"), Fields.present(apiAddress, "apiAddress"));
    }

    private static ClaimedRun claim(FieldReader json) {
        String job = null;
        int attempt = 0;
        String fence = null;
        String type = null;
        Bytes payload = null;
        long timeoutMillis = 0;
        Instant deadline = null;
        Bytes lastCheckpoint = Bytes.EMPTY;
        json.openCurrent();
        for (String name = json.next(); name != null; name = json.next()) {
            switch (name) {
                case "job" -> job = json.text(MAX_NAME);
                case "attempt" -> attempt = json.smallNumber();
                case "fence" -> fence = json.text(MAX_NAME);
                case "type" -> type = json.text(MAX_NAME);
                case "payload" -> payload = json.raw(WireLimits.MAX_PAYLOAD_BYTES);
                case "timeoutMillis" -> timeoutMillis = json.number();
                case "deadline" -> deadline = instant(json.text(MAX_NAME));
                case "lastCheckpoint" -> lastCheckpoint = json.raw(WireLimits.MAX_CHECKPOINT_BYTES);
                default -> json.skip();
            }
        }
        return new ClaimedRun(
                new AttemptId(Fields.present(job, "job"), attempt),
                Fields.present(fence, "fence"),
                Fields.present(type, "type"),
                Fields.present(payload, "payload"),
                timeoutMillis,
                deadline,
                lastCheckpoint);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no instant in ISO 8601", e);
        }
    }
}

package io.muster.client;

import io.muster.encoding.Bytes;
import io.muster.wire.ApiKey;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.HttpConnections;
import io.muster.wire.Problem;
import io.muster.wire.ProblemReader;
import io.muster.wire.WholeAnswer;
import io.muster.wire.WireLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes calls: at the server that answered last, then at the others, until one answers or the patience is over.
///
/// A server that passed a write on says where the leader is, and the next write goes there at once. Reads stay where
/// they are answered, so that they do not gather at the leader.
///
/// What was not done is tried again, and so is what may have been done: a write is known again by its key.
/// Safe for use by many threads.
final class RetryingCaller {
    /// A server holds a request for up to 5 s while there is no leader, and a log round for up to 8 s.
    private static final Duration TRY_TIMEOUT = Duration.ofSeconds(15);

    /// However little patience is left, a server gets so long: a try that is cut off at once tells nobody anything.
    private static final Duration LEAST_TRY_TIMEOUT = Duration.ofSeconds(2);

    /// A server that froze takes connections and answers nothing. Where there is another, that is asked sooner.
    private static final Duration TRY_TIMEOUT_BESIDE_OTHERS = Duration.ofSeconds(6);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final int MAX_DOUBLINGS = 6;

    /// What an answer needs on its way back: a server that waits for a leader answers so long before the patience ends.
    private static final Duration WAY_BACK = Duration.ofMillis(500);

    /// Where the leader is, in the answer of a server that passed the call on.
    private static final String LEADER_ADDRESS = "X-Muster-Leader-Address";

    private final ClientConfig config;
    private final ApiKey key;
    private final HttpConnections transport;
    private final CallWatch watch;
    private volatile int reading;
    private volatile int writing;

    RetryingCaller(ClientConfig config, ApiKey key, HttpConnections transport, CallWatch watch) {
        this.config = config;
        this.key = key;
        this.transport = transport;
        this.watch = watch;
    }

    /// What came of one try.
    private sealed interface Attempt {
        /// It was answered.
        ///
        /// @param leader the leader's address where another server answered for it, else empty
        record Answered(Bytes body, String leader) implements Attempt {}

        /// A server said that nothing was done.
        record NotDone(Problem problem, Duration retryAfter) implements Attempt {}

        /// A server said that it may have been done.
        record Unknown(Problem problem) implements Attempt {}

        /// No connection came about, so nothing was done.
        record Unreached(Problem problem) implements Attempt {}

        /// It was sent and not answered: it may have been done.
        record Unanswered(Problem problem) implements Attempt {}

        /// Another try would end the same.
        record Final(MusterException exception) implements Attempt {}
    }

    /// The body of the answer. What is told when there is none is the last that a server really said, whatever silence
    /// came after it.
    ///
    /// @throws MusterException if there is none
    Bytes make(Call call) throws InterruptedException {
        watch.begins(call.toString());
        try {
            return tryUntilAnswered(call);
        } finally {
            watch.ends();
        }
    }

    private Bytes tryUntilAnswered(Call call) throws InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        boolean mayBeDone = false;
        @Nullable Problem said = null;
        @Nullable Problem refused = null;
        int server = call.isRead() ? reading : writing;
        for (int tries = 1; ; tries++) {
            Attempt attempt = attempt(call, config.addresses().get(server), timeout(deadline));
            Problem problem;
            Duration pause = pause(tries);
            switch (attempt) {
                case Attempt.Answered(Bytes body, String leader) -> {
                    prefer(call, server, leader);
                    return body;
                }
                case Attempt.Final(MusterException exception) -> throw exception;
                case Attempt.NotDone(Problem refusal, Duration retryAfter) -> {
                    problem = refusal;
                    said = refusal;
                    refused = refusal;
                    pause = pause.compareTo(retryAfter) < 0 ? retryAfter : pause;
                }
                case Attempt.Unknown(Problem doubt) -> {
                    problem = doubt;
                    said = doubt;
                    mayBeDone = true;
                }
                case Attempt.Unreached(Problem silence) -> problem = silence;
                case Attempt.Unanswered(Problem silence) -> {
                    problem = silence;
                    mayBeDone = true;
                }
            }
            Problem told = said == null ? problem : said;
            boolean isOver = deadline - System.nanoTime() <= pause.toNanos();
            if (isOver) {
                throw gaveUp(call, mayBeDone, mayBeDone && told.equals(refused) ? ofAnotherTry(told) : told);
            }
            watch.waits(told);
            server = (server + 1) % config.addresses().size();
            transport.pause(pause);
        }
    }

    /// A leader is believed only if it is one of the servers this client was given.
    private void prefer(Call call, int server, String leader) {
        if (call.isRead()) {
            reading = server;
        } else {
            int known = config.addresses().indexOf(leader);
            writing = known < 0 ? server : known;
        }
    }

    /// What a server says of the try that it refused, "nothing was written" say, is not true of the one that nobody
    /// answered.
    private static Problem ofAnotherTry(Problem refusal) {
        String detail = refusal.detail() == null ? refusal.title() : refusal.detail();
        return Problem.of(
                refusal.type(),
                refusal.title(),
                refusal.status(),
                "one try was left without an answer, and of another one a server says: " + detail);
    }

    /// What may have been done at the first try may still be so when no later one was answered either.
    private static MusterException gaveUp(Call call, boolean mayBeDone, Problem problem) {
        return mayBeDone && !call.isRead()
                ? new UnknownOutcomeException(call, problem)
                : new UnavailableException(call.toString(), problem);
    }

    private Attempt attempt(Call call, String address, Duration timeout) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + call.path()))
                .header("Authorization", key.authorization())
                .header("Accept", "application/json, application/problem+json");
        if (!call.idempotencyKey().isEmpty()) {
            request.header("Idempotency-Key", call.idempotencyKey());
        }
        if (!call.isRead()) {
            // A server that has said "no leader" is known not to have written; one that was cut off is not (RFC 7240).
            request.header(
                    "Prefer", "wait=" + Math.max(0, timeout.minus(WAY_BACK).toSeconds()));
        }
        if (call.body().isEmpty()) {
            request.method(call.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(
                            call.method(),
                            HttpRequest.BodyPublishers.ofByteArray(call.body().array()));
        }
        try {
            return read(call, WholeAnswer.await(transport.http(), request, timeout, WireLimits.MAX_PAGE_BYTES));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Attempt.Unreached(noAnswer(address, e));
        } catch (IOException e) {
            return new Attempt.Unanswered(noAnswer(address, e));
        }
    }

    private static Attempt read(Call call, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Bytes body = Bytes.wrap(response.body());
        if (status / 100 == 2) {
            return new Attempt.Answered(
                    body, response.headers().firstValue(LEADER_ADDRESS).orElse(""));
        }
        Problem problem = ProblemReader.read(status, body);
        return switch (status) {
            case 409 ->
                problem.type().endsWith("/key-in-use")
                        ? new Attempt.Unknown(problem)
                        : new Attempt.Final(new RefusedException(call.toString(), problem));
            case 429, 507 -> new Attempt.NotDone(problem, retryAfter(response));
            case 502, 504 -> new Attempt.Unknown(problem);
            case 503 ->
                problem.type().endsWith("/unknown-outcome")
                        ? new Attempt.Unknown(problem)
                        : new Attempt.NotDone(problem, Duration.ZERO);
            default ->
                new Attempt.Final(
                        status / 100 == 4
                                ? new RefusedException(call.toString(), problem)
                                : new BrokenException(call.toString(), problem));
        };
    }

    /// Only the seconds form: no server of ours sends a date.
    private static Duration retryAfter(HttpResponse<?> response) {
        try {
            return Duration.ofSeconds(
                    response.headers().firstValueAsLong("Retry-After").orElse(1));
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(1);
        }
    }

    /// None until every server was tried once; then longer from round to round.
    private Duration pause(int tries) {
        int round = tries / config.addresses().size();
        return round == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << Math.min(MAX_DOUBLINGS, round - 1));
    }

    private Duration timeout(long deadline) {
        long most = (config.addresses().size() > 1 ? TRY_TIMEOUT_BESIDE_OTHERS : TRY_TIMEOUT).toNanos();
        return Duration.ofNanos(Math.clamp(deadline - System.nanoTime(), LEAST_TRY_TIMEOUT.toNanos(), most));
    }

    private static Problem noAnswer(String address, IOException e) {
        return Problem.of(
                "about:blank", "No answer", 0, "no answer from " + address + ": " + ConnectionFailures.describe(e));
    }
}

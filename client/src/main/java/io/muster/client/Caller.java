package io.muster.client;

import io.muster.encoding.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Makes calls: at the server that answered last, then at the others, until one answers or the patience is over.
///
/// A server that passed a write on says where the leader is, and the next write goes there at once. Reads stay where
/// they are answered, so that they do not gather at the leader.
///
/// What was certainly not done is always tried again; what may have been done only if the call bears repetition.
/// Safe for use by many threads.
final class Caller {
    /// A server holds a request for up to 5 s while there is no leader, and a log round for up to 8 s.
    private static final Duration TRY_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final int MAX_DOUBLINGS = 6;

    /// Where the leader is, in the answer of a server that passed the call on.
    private static final String LEADER_ADDRESS = "X-Muster-Leader-Address";

    private final ClientConfig config;
    private final ApiKey key;
    private final Transport transport;
    private volatile int reading;
    private volatile int writing;

    Caller(ClientConfig config, ApiKey key, Transport transport) {
        this.config = config;
        this.key = key;
        this.transport = transport;
    }

    /// What came of one try.
    private sealed interface Attempt {
        /// It was answered.
        ///
        /// @param leader the leader's address where another server answered for it, else empty
        record Answered(Bytes body, String leader) implements Attempt {}

        /// Nothing was done.
        record NotDone(Problem problem, Duration retryAfter) implements Attempt {}

        /// It may have been done.
        record Unsure(Problem problem) implements Attempt {}

        /// Another try would end the same.
        record Final(MusterException exception) implements Attempt {}
    }

    /// The body of the answer.
    ///
    /// @throws MusterException if there is none
    Bytes make(Call call) throws InterruptedException {
        long deadline = System.nanoTime() + config.patience().toNanos();
        boolean mayBeDone = false;
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
                case Attempt.NotDone(Problem said, Duration retryAfter) -> {
                    problem = said;
                    pause = pause.compareTo(retryAfter) < 0 ? retryAfter : pause;
                }
                case Attempt.Unsure(Problem said) -> {
                    problem = said;
                    mayBeDone = true;
                    if (call.repeat() == Call.Repeat.IF_NOT_DONE) {
                        throw new UnknownOutcomeException(call.toString(), problem);
                    }
                }
            }
            if (deadline - System.nanoTime() <= pause.toNanos()) {
                throw gaveUp(call, mayBeDone, problem);
            }
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

    /// A repetition that bears one may still have been done the first time, when no later try was answered either.
    private static MusterException gaveUp(Call call, boolean mayBeDone, Problem problem) {
        return mayBeDone && !call.isRead()
                ? new UnknownOutcomeException(call.toString(), problem)
                : new UnavailableException(call.toString(), problem);
    }

    private Attempt attempt(Call call, String address, Duration timeout) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + call.path()))
                .header("Authorization", key.authorization())
                .header("Accept", "application/json, application/problem+json")
                .timeout(timeout);
        if (!call.idempotencyKey().isEmpty()) {
            request.header("Idempotency-Key", call.idempotencyKey());
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
            return read(call, transport.http().send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Attempt.NotDone(noAnswer(address, e), Duration.ZERO);
        } catch (IOException e) {
            return new Attempt.Unsure(noAnswer(address, e));
        }
    }

    private static Attempt read(Call call, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Bytes body = Bytes.wrap(response.body());
        if (status / 100 == 2) {
            return new Attempt.Answered(
                    body, response.headers().firstValue(LEADER_ADDRESS).orElse(""));
        }
        Problem problem = Problems.read(status, body);
        return switch (status) {
            case 409 ->
                problem.type().endsWith("/key-in-use")
                        ? new Attempt.Unsure(problem)
                        : new Attempt.Final(new RefusedException(call.toString(), problem));
            case 429, 507 -> new Attempt.NotDone(problem, retryAfter(response));
            case 502, 504 -> new Attempt.Unsure(problem);
            case 503 ->
                problem.type().endsWith("/unknown-outcome")
                        ? new Attempt.Unsure(problem)
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

    private static Duration timeout(long deadline) {
        long left = Math.max(1_000_000, deadline - System.nanoTime());
        return Duration.ofNanos(Math.min(left, TRY_TIMEOUT.toNanos()));
    }

    private static Problem noAnswer(String address, IOException e) {
        return Problem.of("about:blank", "No answer", 0, "no answer from " + address + ": " + Failures.describe(e));
    }
}

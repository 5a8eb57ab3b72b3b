package io.muster.benchmarks;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeCodec;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.HeldRun;
import io.muster.exchange.LeaderHint;
import io.muster.exchange.RunOutcome;
import io.muster.exchange.RunResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What one exchange of a busy worker costs both sides together, written and read: 64 runs in hand, 64 results, 64 new
/// claims. ADR 5 tells what was measured beside it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExchangeBenchmark {

    private static final int RUNS = 64;

    /// As long as an audit's: a package URL, a digest of advisories, two words.
    private static final Bytes PAYLOAD =
            Bytes.utf8("{\"package\":\"pkg:npm/%40scope/left-pad@1.3.0\",\"advisories\":\"0123456789ab\","
                    + "\"projects\":[\"shop\"]}");

    private static final Bytes RESULT =
            Bytes.utf8("{\"findings\":[{\"advisory\":\"GHSA-0000-0000-0000\",\"fixed\":\"1.3.1\"}],"
                    + "\"advisories\":\"0123456789ab\"}");

    private final ExchangeRequest request = request();
    private final ExchangeReply reply = reply();
    private final Bytes requestJson = ExchangeCodec.encode(request);
    private final Bytes replyJson = ExchangeCodec.encode(reply);

    private static ExchangeRequest request() {
        return new ExchangeRequest(
                "worker-17",
                0x00ab_cdef_0123_4567L,
                123_456,
                2 * RUNS,
                Map.of("zone", "b", "advisories", "0123456789ab"),
                List.of("audit", "noop", "sleep"),
                false,
                IntStream.range(0, RUNS).mapToObj(i -> new HeldRun(attempt(i))).toList(),
                IntStream.range(RUNS, 2 * RUNS)
                        .mapToObj(i -> new RunResult(attempt(i), new RunOutcome.Succeeded(RESULT)))
                        .toList());
    }

    private static ExchangeReply reply() {
        return new ExchangeReply(
                123_456,
                IntStream.range(RUNS, 2 * RUNS)
                        .mapToObj(ExchangeBenchmark::attempt)
                        .toList(),
                IntStream.range(2 * RUNS, 3 * RUNS)
                        .mapToObj(i -> ClaimedRun.of(
                                attempt(i), "0000000000000003-00000000002a-" + (100_000 + i), "audit", PAYLOAD))
                        .toList(),
                List.of(),
                3_000,
                new LeaderHint("node-1", "http://127.0.0.1:8101"),
                3,
                43_210);
    }

    private static AttemptId attempt(int number) {
        return new AttemptId("job-0000000001g" + (1000 + number), 1);
    }

    /// The worker's part of sending.
    @Benchmark
    public Bytes requestWritten() {
        return ExchangeCodec.encode(request);
    }

    /// The leader's part of receiving.
    @Benchmark
    public ExchangeRequest requestRead() {
        return ExchangeCodec.decodeRequest(requestJson);
    }

    /// The leader's part of answering.
    @Benchmark
    public Bytes replyWritten() {
        return ExchangeCodec.encode(reply);
    }

    /// The worker's part of learning.
    @Benchmark
    public ExchangeAnswer replyRead() {
        return ExchangeCodec.decodeAnswer(replyJson);
    }
}

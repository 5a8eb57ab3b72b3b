package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import io.muster.exchange.ClaimedRun;
import io.muster.exchange.DroppedRun;
import io.muster.exchange.ExchangeAnswer;
import io.muster.exchange.ExchangeEnd;
import io.muster.exchange.ExchangeRefusal;
import io.muster.exchange.ExchangeReply;
import io.muster.exchange.ExchangeRequest;
import io.muster.exchange.LeaderHint;
import io.muster.exchange.RunOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plays both the world and the clock to one [WorkerLoop], so that a test reads as a dialogue.
final class Script {
    static final String A = "http://a";
    static final String B = "http://b";
    static final String C = "http://c";
    static final int HOLD_MILLIS = 3_000;

    private final WorkerLoop loop;
    private long nowNanos;
    private long index = 10;
    private List<WorkerEffect> effects = List.of();
    private WorkerEffect.@Nullable OpenChannel lastOpen;
    private @Nullable ExchangeRequest lastRequest;

    Script(WorkerConfig config) {
        this.loop = new WorkerLoop(config, 0);
    }

    /// A worker of two slots that has a channel to A and whose first exchange was answered with nothing.
    static Script connected() {
        Script script = new Script(config(2));
        script.happens(new WorkerInput.Woken());
        script.channelOpens();
        script.answers(script.reply());
        return script;
    }

    static WorkerConfig config(int slots) {
        return new WorkerConfig(
                "w1", 7, slots, Map.of(), Set.of("noop", "raw"), Set.of("raw"), List.of(A, B, C), WorkerTimes.DEFAULT);
    }

    static AttemptId id(String job, int attempt) {
        return new AttemptId(job, attempt);
    }

    static ClaimedRun claim(String job, int attempt) {
        return ClaimedRun.of(id(job, attempt), "fence-" + attempt, "noop", Bytes.utf8("{}"));
    }

    /// A claim of a job whose effects nothing fences.
    static ClaimedRun rawClaim(String job) {
        return ClaimedRun.of(id(job, 1), "fence-1", "raw", Bytes.utf8("{}"));
    }

    static ClaimedRun limitedClaim(String job, long timeoutMillis) {
        return new ClaimedRun(id(job, 1), "fence-1", "noop", Bytes.utf8("{}"), timeoutMillis, null, Bytes.EMPTY);
    }

    static RunOutcome done() {
        return new RunOutcome.Succeeded(Bytes.utf8("1"));
    }

    /// What the loop wants in answer to `inputs`.
    List<WorkerEffect> happens(WorkerInput... inputs) {
        effects = loop.step(List.of(inputs), nowNanos);
        for (WorkerEffect effect : effects) {
            if (effect instanceof WorkerEffect.OpenChannel open) {
                lastOpen = open;
            }
            if (effect instanceof WorkerEffect.SendExchange send) {
                lastRequest = send.request();
            }
        }
        return effects;
    }

    /// What the loop wants when `millis` have gone by without anything else happening; its wishes to be woken on the
    /// way are granted.
    List<WorkerEffect> passes(long millis) {
        long until = nowNanos + Duration.ofMillis(millis).toNanos();
        List<WorkerEffect> all = new ArrayList<>();
        while (loop.nextWakeNanos(nowNanos) <= until) {
            nowNanos = Math.max(nowNanos, loop.nextWakeNanos(nowNanos));
            all.addAll(happens(new WorkerInput.Woken()));
        }
        nowNanos = until;
        effects = all;
        return all;
    }

    List<WorkerEffect> channelOpens() {
        return happens(new WorkerInput.ChannelOpened(opening().channel()));
    }

    List<WorkerEffect> channelCloses() {
        return happens(new WorkerInput.ChannelClosed(opening().channel(), "connection reset"));
    }

    /// The server that the loop has turned to refuses its key; the loop is given the time to turn to another.
    List<WorkerEffect> isDenied() {
        long refused = opening().channel();
        List<WorkerEffect> wanted = happens(new WorkerInput.ChannelDenied(refused, "the key is not known"));
        while (opening().channel() == refused && !wanted.contains(new WorkerEffect.Exit(ExitReason.DENIED))) {
            nowNanos = Math.max(nowNanos, loop.nextWakeNanos(nowNanos));
            happens(new WorkerInput.Woken());
        }
        return wanted;
    }

    /// How long all of this took so far.
    Duration elapsed() {
        return Duration.ofNanos(nowNanos);
    }

    List<WorkerEffect> answers(ExchangeAnswer answer) {
        return happens(new WorkerInput.AnswerArrived(opening().channel(), answer));
    }

    List<WorkerEffect> ends(AttemptId id, RunOutcome outcome) {
        return happens(new WorkerInput.RunEnded(id, outcome));
    }

    /// The channel that the loop asked for last.
    WorkerEffect.OpenChannel opening() {
        if (lastOpen == null) {
            throw new IllegalStateException("the loop has opened no channel");
        }
        return lastOpen;
    }

    /// The exchange that the loop sent last.
    ExchangeRequest request() {
        if (lastRequest == null) {
            throw new IllegalStateException("the loop has sent no exchange");
        }
        return lastRequest;
    }

    WorkerStatus status() {
        return loop.status();
    }

    long millisUntilWake() {
        return Duration.ofNanos(loop.nextWakeNanos(nowNanos) - nowNanos).toMillis();
    }

    /// Whether the last step, or stretch of time, sent an exchange.
    boolean sent() {
        return effects.stream().anyMatch(WorkerEffect.SendExchange.class::isInstance);
    }

    /// What a reply says of the worker's runs.
    private record News(List<AttemptId> acknowledged, List<ClaimedRun> claims, List<DroppedRun> drops) {
        static final News NONE = new News(List.of(), List.of(), List.of());
    }

    ExchangeReply reply() {
        return next(opening().address(), News.NONE);
    }

    ExchangeReply claims(ClaimedRun... claims) {
        return next(opening().address(), new News(List.of(), List.of(claims), List.of()));
    }

    ExchangeReply acknowledges(AttemptId... ids) {
        return next(opening().address(), new News(List.of(ids), List.of(), List.of()));
    }

    ExchangeReply drops(AttemptId... ids) {
        List<DroppedRun> drops =
                Stream.of(ids).map(id -> new DroppedRun(id, "cancelled")).toList();
        return next(opening().address(), new News(List.of(), List.of(), drops));
    }

    /// A reply that says who leads.
    ExchangeReply leaderIs(String address) {
        return next(address, News.NONE);
    }

    ExchangeReply acknowledgesAt(long term, long atIndex, AttemptId id) {
        return reply(term, atIndex, opening().address(), new News(List.of(id), List.of(), List.of()));
    }

    /// A reply that claims a job, of another term or index than the last ones.
    ExchangeReply claimsAt(long term, long atIndex, ClaimedRun claim) {
        return reply(term, atIndex, opening().address(), new News(List.of(), List.of(claim), List.of()));
    }

    ExchangeRefusal refusal(@Nullable String leader) {
        return new ExchangeRefusal(
                request().sequence(), "not the leader", 20, leader == null ? null : new LeaderHint("n", leader));
    }

    ExchangeEnd end() {
        return new ExchangeEnd(request().sequence(), "w1 has joined again");
    }

    private ExchangeReply next(String leader, News news) {
        index++;
        return reply(1, index, leader, news);
    }

    private ExchangeReply reply(long term, long atIndex, String leader, News news) {
        return new ExchangeReply(
                request().sequence(),
                news.acknowledged(),
                news.claims(),
                news.drops(),
                HOLD_MILLIS,
                new LeaderHint("n", leader),
                term,
                atIndex);
    }
}

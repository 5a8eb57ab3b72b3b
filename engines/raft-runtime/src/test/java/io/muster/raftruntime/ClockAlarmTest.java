package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.muster.log.NodeId;
import io.muster.log.TestProposal;
import io.muster.raft.Message;
import io.muster.raft.RaftConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What a node says when clocks are wrong: once, with the reason, and when it is over.
final class ClockAlarmTest {
    private static final long HOUR = 3_600_000_000L;
    private static final int SECOND = 100;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.muster.raftruntime");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LoopBench bench = LoopBench.ofThree();

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    @Test
    void a_leader_that_nobody_confirms_says_once_that_log_time_is_behind_its_clock() {
        bench.lead();
        stamp();
        bench.setWallAhead(HOUR);

        stamp();
        stamp();

        assertThat(warnings("log time behind"))
                .singleElement()
                .asString()
                .contains("node=n1", "behindMillis=3599999", "no other node confirms this node's wall clock");
    }

    @Test
    void a_leader_ahead_of_the_majority_says_that_log_time_does_not_follow_its_clock() {
        showOthers(0);
        bench.lead();
        stamp();
        bench.setWallAhead(HOUR);

        stamp();

        assertThat(warnings("log time behind"))
                .singleElement()
                .asString()
                .contains("ahead of what a majority's clocks say");
    }

    @Test
    void a_majority_set_forward_beyond_the_steps_of_a_term_is_told_of() {
        showOthers(0);
        bench.lead();
        stamp();
        showOthers(1_000 * HOUR);
        bench.setWallAhead(1_000 * HOUR);

        stamp();

        assertThat(warnings("log time behind"))
                .singleElement()
                .asString()
                .contains("were set forward by days, and log time catches up at double speed");
    }

    @Test
    void a_majority_set_forward_by_an_hour_is_followed_without_a_word() {
        showOthers(0);
        bench.lead();
        stamp();
        showOthers(HOUR);
        bench.setWallAhead(HOUR);

        stamp();

        assertThat(warnings("")).isEmpty();
    }

    @Test
    void a_node_whose_clock_is_off_says_so_once_and_when_it_is_over() {
        showOthers(0);
        bench.setWallAhead(11_000_000);
        bench.ticks(3);
        bench.setWallAhead(0);
        bench.ticks(3);

        assertThat(warnings("clock off"))
                .singleElement()
                .asString()
                .contains("node=n1", "offMillis=11000", "asks for votes later than others");
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).contains("clock agrees node=n1");
    }

    @Test
    void a_node_whose_clock_is_off_campaigns_after_the_others() {
        showOthers(0);
        bench.setWallAhead(-HOUR);
        int patience = RaftConfig.DEFAULT.times().electionTicksMax();

        bench.ticks(4 * patience);
        assertThat(bench.sent).isEmpty();
        bench.ticks(2 * patience);

        assertThat(bench.sent).hasAtLeastOneElementOfType(Message.PreVoteRequest.class);
    }

    @Test
    void a_clock_that_was_off_stays_so_while_only_one_other_is_known() {
        showOthers(0);
        bench.setWallAhead(HOUR);
        bench.ticks(1);
        bench.hideClock(LoopBench.OTHER);

        bench.ticks(4 * RaftConfig.DEFAULT.times().electionTicksMax());

        assertThat(bench.sent).isEmpty();
    }

    @Test
    void a_leader_whose_clock_goes_off_goes_on_leading() {
        showOthers(0);
        bench.lead();
        bench.setWallAhead(HOUR);
        for (int i = 0; i < SECOND; i++) {
            bench.ticks(1);
            bench.acknowledge();
        }

        assertThat(warnings("clock off")).hasSize(1);
        assertThat(bench.loop.leadership().isMine()).isTrue();
    }

    @Test
    void a_peer_whose_clock_is_off_is_told_of_once_a_whole_window_says_so() {
        var peer = new Peer(LoopBench.PEER, null);
        for (int i = 0; i < 5 * SECOND; i++) {
            bench.ticks(1);
            peer.noteClock(bench.wallMicros() - 5_000_000, bench);
        }

        assertThat(warnings("clock skew"))
                .singleElement()
                .asString()
                .contains("peer=n2", "skewMillis=-5000", "set both clocks by NTP");
    }

    /// Both other voters' clocks are so far ahead of the right one.
    private void showOthers(long aheadMicros) {
        for (NodeId other : List.of(LoopBench.PEER, LoopBench.OTHER)) {
            bench.showClock(other, aheadMicros);
        }
    }

    private void stamp() {
        bench.loop.propose(TestProposal.of("stamped"));
        bench.loop.runOnce();
        bench.sync();
        bench.acknowledge();
    }

    private List<String> warnings(String beginning) {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith(beginning))
                .toList();
    }
}

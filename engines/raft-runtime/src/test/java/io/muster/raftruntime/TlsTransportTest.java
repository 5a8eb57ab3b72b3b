package io.muster.raftruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.muster.encoding.TimedOut;
import io.muster.log.NodeId;
import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFolder;
import io.muster.tls.CertificateSource;
import io.muster.tls.PeerEngines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The node port under mutual TLS: the contract of every transport, and what is said on both sides
/// where two do not come together.
@Timeout(60)
final class TlsTransportTest implements TransportEnds, TransportContract {
    private static final Duration LIFE = Duration.ofDays(30);

    /// Ten seconds at least, and a greeting is given up after two.
    private static final int MOST_TURNS = 5_000;

    @TempDir
    Path folder;

    private final Map<NodeId, InetSocketAddress> addresses = new HashMap<>();
    private final Map<NodeId, NodePortSecurity> securities = new TreeMap<>();
    private final List<End> open = new ArrayList<>();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private CertificateFolder certificates;

    @BeforeEach
    void found() {
        certificates = authority("tls", Instant.now());
        certify(N1, certificates, Instant.now());
        certify(N2, certificates, Instant.now());
        lines.start();
        for (Class<?> source : List.of(Outgoing.class, RejectedConnections.class)) {
            var log = (Logger) LoggerFactory.getLogger(source);
            log.setLevel(Level.INFO);
            log.addAppender(lines);
        }
    }

    @AfterEach
    void listenNoMore() {
        for (Class<?> source : List.of(Outgoing.class, RejectedConnections.class)) {
            var log = (Logger) LoggerFactory.getLogger(source);
            log.setLevel(null);
            log.detachAppender(lines);
        }
    }

    @Override
    public Map<NodeId, InetSocketAddress> addresses() {
        return addresses;
    }

    @Override
    public List<End> open() {
        return open;
    }

    @Override
    public NodePortSecurity security(NodeId node) {
        return securities.getOrDefault(node, new NodePortSecurity.LoopbackOnly());
    }

    @Override
    public Network network() {
        return asNetwork();
    }

    private CertificateFolder authority(String name, Instant when) {
        var made = new CertificateFolder(folder.resolve(name));
        made.keep(CertificateAuthority.create("shop", when));
        return made;
    }

    /// Gives `node` a certificate that `by` makes at `when`.
    private void certify(NodeId node, CertificateFolder by, Instant when) {
        issue(by, node.value(), when);
        secure(node, by, node.value());
    }

    private static void issue(CertificateFolder by, String name, Instant when) {
        by.keep(name, by.authority().issue(new CertificateAuthority.Request(name, List.of(), LIFE), when));
    }

    private void secure(NodeId node, CertificateFolder by, String name) {
        var engines = new PeerEngines(new CertificateSource(by.of(name)), InstantSource.system());
        securities.put(
                node,
                new NodePortSecurity.MutualTls(
                        new NodeTls(engines::dialling, engines::answering, PeerEngines::peer, engines::sentence)));
    }

    /// Who says something.
    private enum Side {
        DIALLER("peer lost peer="),
        ANSWERER("connection rejected from=");

        private final String begin;

        Side(String begin) {
            this.begin = begin;
        }

        boolean says(String line, String sentence) {
            return line.startsWith(begin) && line.contains(sentence);
        }
    }

    private void turnUntilSaid(Side side, String sentence) {
        int turns = 0;
        while (lines.list.stream().noneMatch(line -> side.says(line.getFormattedMessage(), sentence))) {
            assertThat(++turns)
                    .as(() -> sentence + " was not said, but\n" + said())
                    .isLessThan(MOST_TURNS);
            TimedOut.check();
            turn();
        }
    }

    private String said() {
        return String.join(
                "\n",
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    private void neverConnected() {
        assertThat(open).allSatisfy(end -> {
            assertThat(end.heard.connected).isEmpty();
            assertThat(end.met).isEmpty();
        });
    }

    @Test
    void long_appends_arrive_whole_and_in_their_order() {
        var first = start(N1, 1);
        var second = start(N2, 1);
        turnUntil(() -> first.isConnectedTo(N2) && second.isConnectedTo(N1));

        for (int i = 0; i < 8; i++) {
            first.transport.send(N2, append(3 << 20));
        }
        turnUntil(() -> second.heard.received.size() == 8);

        assertThat(second.heard.received).containsOnly(append(3 << 20));
    }

    @Test
    void a_certificate_of_another_authority_is_refused_and_both_sides_say_so() {
        certify(N2, authority("other", Instant.now()), Instant.now());
        start(N1, 1);
        start(N2, 1);

        turnUntilSaid(Side.DIALLER, "was not issued by an authority in ");
        turnUntilSaid(Side.ANSWERER, "it does not accept this node's certificate (name n");
        neverConnected();
    }

    @Test
    void an_ended_certificate_is_refused_and_both_sides_say_so() {
        certify(N2, certificates, Instant.now().minus(LIFE).minus(Duration.ofDays(3)));
        start(N1, 1);
        start(N2, 1);

        turnUntilSaid(Side.DIALLER, "its certificate (name n2, issued by CN=muster authority,O=shop, valid ");
        turnUntilSaid(Side.DIALLER, "ended 3 days ago: make a new one by muster cert renew");
        turnUntilSaid(Side.DIALLER, "it does not accept this node's certificate (name n2, ");
        neverConnected();
    }

    @Test
    void a_certificate_made_by_a_clock_days_ahead_is_refused_and_both_sides_say_so() {
        certify(N2, certificates, Instant.now().plus(Duration.ofHours(24 + 7)));
        start(N1, 1);
        start(N2, 1);

        turnUntilSaid(Side.DIALLER, "begins to be valid only in 6 h: the clock of this node is behind");
        turnUntilSaid(Side.DIALLER, "it does not accept this node's certificate (name n2, ");
        neverConnected();
    }

    @Test
    void a_certificate_made_by_a_clock_hours_ahead_is_good_at_once() {
        certify(N2, certificates, Instant.now().plus(Duration.ofHours(13)));
        var first = start(N1, 1);
        var second = start(N2, 1);

        turnUntil(() -> first.isConnectedTo(N2) && second.isConnectedTo(N1));
    }

    @Test
    void a_certificate_in_another_name_is_refused_and_both_sides_say_so() {
        issue(certificates, "n7", Instant.now());
        secure(N2, certificates, "n7");
        start(N1, 1);
        start(N2, 1);

        turnUntilSaid(Side.DIALLER, "is in the name of 'n7', not of n2: give each node the certificate in its own");
        turnUntilSaid(Side.ANSWERER, "is in the name of 'n7', not of n2");
        turnUntilSaid(Side.DIALLER, "it does not accept this node's certificate (name n7, ");
        neverConnected();
    }

    @Test
    void a_node_that_shows_the_certificate_of_another_peer_is_refused() {
        var n3 = new NodeId("n3");
        issue(certificates, "n3", Instant.now());
        secure(N2, certificates, "n3");
        addresses.put(n3, address(N1));
        start(N1, 1);
        addresses.remove(n3);
        start(N2, 1);

        turnUntilSaid(Side.DIALLER, "it refuses: n2 shows the certificate of n3");
        neverConnected();
    }

    @Test
    void plain_text_on_a_tls_port_is_refused_and_both_sides_say_so() {
        securities.remove(N2);
        start(N1, 1);
        start(N2, 1);

        turnUntilSaid(Side.DIALLER, "give the section tls to all nodes or to none");
        turnUntilSaid(Side.ANSWERER, "a node without the section tls does so");
        neverConnected();
    }

    @Test
    void tls_on_a_plain_port_is_refused_and_both_sides_say_so() {
        securities.remove(N1);
        start(N1, 1);
        start(N2, 1);

        turnUntilSaid(Side.ANSWERER, "it speaks TLS and this node's port does not");
        turnUntilSaid(Side.DIALLER, "it speaks plain text and this node's port TLS");
        neverConnected();
    }

    @Test
    void bytes_that_are_no_tls_are_refused_in_a_sentence() throws IOException {
        start(N1, 1);
        try (var noise = dial(N1)) {
            noise.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            turnUntilSaid(Side.ANSWERER, "it speaks plain text and this node's port TLS");
        }
    }

    @Test
    void a_renewed_certificate_is_used_for_the_next_connection_without_a_restart() {
        var first = start(N1, 1);
        certify(N2, certificates, Instant.now().minus(LIFE).minus(Duration.ofDays(3)));
        var second = start(N2, 1);
        turnUntilSaid(Side.DIALLER, "ended 3 days ago");

        issue(certificates, N2.value(), Instant.now());

        turnUntil(() -> first.isConnectedTo(N2) && second.isConnectedTo(N1));
    }

    @Test
    void with_tls_a_node_may_listen_and_dial_off_loopback() {
        addresses.put(N2, new InetSocketAddress("192.0.2.1", 7_000));
        addresses.put(N1, new InetSocketAddress("0.0.0.0", address(N1).getPort()));

        assertThat(start(N1, 1).transport.peer(N2).isConnected()).isFalse();
    }
}

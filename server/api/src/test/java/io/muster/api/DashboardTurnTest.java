package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.HttpConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the dashboard says and does when the node that served it is gone, hangs, or is cut off from the others.
final class DashboardTurnTest {
    @AutoClose
    private static Browser browser;

    private static final String IS_STALE = "document.body.dataset.shown === 'stale'";

    @AutoClose
    private final Node node = Node.leading(7);

    /// As in production: a page must not wait long for a node that hangs.
    @AutoClose
    private final Node other = Node.started("node-2", HttpConfig.on("127.0.0.1", 0));

    @BeforeEach
    void start() {
        other.cluster.led("node-2", 8);
        node.cluster.with("node-2", other.address());
        other.cluster.with("node-1", node.address());
    }

    @BeforeAll
    static void startBrowser(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @AfterEach
    void leave() {
        browser.newTab();
    }

    @Test
    void it_goes_on_by_itself_at_another_node_when_its_own_dies() {
        openLive();

        node.server.close();

        browser.await("location.origin === '" + other.address() + "'");
        browser.await("document.getElementById('sentence').textContent.includes('node-2 leads in term 8')");
        browser.await("document.getElementById('link').dataset.state === 'live'");
        assertThat(browser.text("turned")).contains("node-1 did not answer");
        assertThat(browser.address()).doesNotContain("key");
    }

    @Test
    void it_goes_on_at_another_node_when_its_own_hangs() {
        openLive();

        node.cluster.hang();

        browser.await("location.origin === '" + other.address() + "'");
        browser.await("document.getElementById('link').dataset.state === 'live'");
    }

    @Test
    void it_stays_where_it_is_when_the_other_node_is_of_no_use() {
        other.cluster.leaderless(9);
        openLive();

        node.cluster.hang();

        browser.await(IS_STALE);
        assertThat(browser.address()).startsWith(node.address().toString());
    }

    @Test
    void what_it_shows_is_dated_and_dimmed_and_nobody_leads_while_no_node_answers() {
        openLive();

        other.server.close();
        node.server.close();

        browser.await(IS_STALE);
        assertThat(browser.text("as-of")).matches("As of \\d\\d:\\d\\d:\\d\\d: node-1 does not answer.*");
        assertThat(browser.text("content")).doesNotContain("leads").doesNotContain("up to date");
        assertThat(browser.evaluate("document.title").toString()).doesNotContain("leads");
        assertThat(browser.text("nodes")).contains("no answer").doesNotContain("leader");
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.hero')).opacity"))
                .isEqualTo("0.55");
        assertThat(browser.evaluate("getComputedStyle(document.getElementById('nodes').closest('section')).opacity"))
                .isEqualTo("0.55");
        assertThat(browser.evaluate("document.getElementById('link').dataset.state"))
                .isEqualTo("lost");
    }

    @Test
    void a_minority_says_whom_it_reaches_and_calls_nothing_up_to_date() throws Exception {
        node.joinWorker("node-3", 4, "noop");
        node.cluster.withDead("node-3");
        openLive();
        assertThat(browser.text("nodes")).contains("node-3").doesNotContain("of 4");

        other.server.close();
        node.cluster.withDead("node-4");
        node.cluster.withDead("node-5");
        node.cluster.leaderless(9);

        browser.await("document.getElementById('link').dataset.state === 'alone'");
        assertThat(browser.text("sentence")).contains("2 of 5 nodes reachable: no majority");
        assertThat(browser.text("detail")).contains("node-1 reaches only node-2, not node-3, node-4, node-5");
        assertThat(browser.text("content")).doesNotContain("up to date").doesNotContain("of 4");
        assertThat(browser.text("link")).contains("node-1 reaches no majority");
        assertThat(browser.address()).startsWith(node.address().toString());
    }

    private void openLive() {
        browser.open(node.address() + "/#key=" + node.cluster.grant(Role.VIEWER, ""));
        other.cluster.grant(Role.VIEWER, "");
        browser.await("document.getElementById('link').dataset.state === 'live'");
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.http.Client;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard in a real browser, against a real server.
final class DashboardTest {
    @AutoClose
    private static Browser browser;

    private static final String IS_GOOD = "document.getElementById('sentence').dataset.health === 'good'";

    @AutoClose
    private final Node node = Node.leading(7);

    private final Client operator = node.client(Role.OPERATOR);
    private final String key = node.cluster.grant(Role.VIEWER, "");

    @BeforeAll
    static void startBrowser(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    /// Before it has an admin's key a node refuses nobody, and asks to come again.
    @BeforeEach
    void grantAdmin() {
        node.cluster.grant(Role.ADMIN, "");
    }

    @AfterEach
    void leave() {
        browser.newTab();
    }

    @Test
    void it_shows_the_cluster_and_follows_it_without_being_asked() throws Exception {
        browser.open(node.address() + "/#key=" + key);

        browser.await(IS_GOOD);
        assertThat(browser.text("sentence")).contains("1 of 1 node up, node-1 leads in term 7");
        assertThat(browser.text("nodes")).contains("node-1").contains("leader");
        assertThat(browser.text("advice")).contains("this node is alone");
        assertThat(browser.address()).doesNotContain(key);
        browser.await("document.getElementById('link').dataset.state === 'live'");

        node.submitNoops(1_000);
        browser.await("document.querySelector('#counts [data-key=queued] dd').textContent === '1,000'");
        node.cluster.led("node-1", 8);
        browser.await("document.getElementById('sentence').textContent.includes('term 8')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void it_asks_for_a_key_and_again_for_a_wrong_one() {
        browser.open(node.address() + "/");
        browser.await("document.getElementById('key-dialog').open");

        browser.enter("key", "muster_ffffffffffff_" + "0".repeat(64));
        browser.await("document.getElementById('key-error').textContent !== ''");
        browser.enter("key", key);

        browser.await(IS_GOOD);
    }

    @Test
    void an_audit_shows_its_progress_and_its_findings_and_what_it_is_told_is_never_markup() throws Exception {
        String name = "<img src=x onerror=document.title='owned'>";
        operator.post(
                "/v1/audits",
                "{\"name\":\"" + name + "\",\"manifests\":[{\"name\":\"requirements.txt\","
                        + "\"content\":\"requests==2.19.0\\nflask==1.0\\n\"}]}");
        browser.open(node.address() + "/#key=" + key);
        browser.await("document.querySelector('#audits progress')?.max === 2");

        node.concludeAudit(
                "{\"findings\":[{\"id\":\"PYSEC-1\",\"severity\":\"critical\",\"summary\":\"" + name + "\"}]}");

        browser.await("document.querySelectorAll('#audits tbody tr').length === 2");
        assertThat(browser.text("audits"))
                .contains(name)
                .contains("requests")
                .contains("PYSEC-1")
                .contains("critical")
                .contains("2 of 2 packages looked up");
        assertThat(browser.evaluate("document.title")).isEqualTo("Muster · node-1 leads");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void it_says_that_there_is_no_majority() {
        node.cluster.withDead("node-2");
        node.cluster.leaderless(9);

        browser.open(node.address() + "/#key=" + key);

        browser.await("document.getElementById('sentence').dataset.health === 'bad'");
        assertThat(browser.text("sentence")).contains("1 of 2 nodes reachable: no majority");
        assertThat(browser.text("nodes")).contains("unreachable");
        assertThat(browser.text("advice")).contains("no majority");
    }

    @Test
    void it_says_why_nobody_leads() {
        node.cluster.withDead("node-2");
        node.cluster.leaderless(9);

        browser.open(node.address() + "/#key=" + key);

        browser.await("document.getElementById('advice').textContent.includes('node-2 is gone')");
        assertThat(browser.text("advice"))
                .contains("it takes a majority of 2 to elect a leader")
                .contains("start 1 of them again");
    }
}

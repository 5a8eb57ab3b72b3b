package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of the Raft document in a real browser: the cluster's state, its log as it grows, commands.
final class DashboardRaftTest {
    @AutoClose
    private static Browser browser;

    @AutoClose
    private final Node node = Node.leading(7);

    @BeforeAll
    static void startBrowser(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @BeforeEach
    void open() {
        node.cluster.grant(Role.ADMIN, "");
        browser.open(node.address() + "/raft#key=" + node.cluster.grant(Role.OPERATOR, ""));
        browser.await("document.getElementById('sentence').dataset.health === 'good'");
    }

    @AfterEach
    void leave() {
        browser.newTab();
    }

    @Test
    void it_shows_each_node_with_its_vote_and_how_far_it_is() {
        assertThat(browser.text("sentence")).contains("node-1 leads in term 7");
        assertThat(browser.text("nodes")).contains("node-1").contains("leader");
        assertThat(browser.evaluate("document.querySelectorAll('#nodes meter').length"))
                .isEqualTo("2");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_change_of_leader_is_seen_without_being_asked_for() {
        node.cluster.led("node-1", 8);

        browser.await("document.getElementById('sentence').textContent.includes('term 8')");
        browser.await("document.querySelector('#log tbody tr').textContent.includes('node-1 leads')");
    }

    @Test
    void a_set_is_answered_and_stands_on_top_of_the_log() {
        browser.enter("command-key", "colour");
        browser.await("document.getElementById('answer').textContent.includes('\"success\":true')");
        browser.await("document.querySelector('#log tbody tr').textContent.includes('colour = \"\"')");

        browser.enter("command-value", "{\"r\": 10}");

        browser.await("document.querySelector('#log tbody tr').textContent.includes('colour = {\"r\":10}')");
        assertThat(browser.text("log")).contains("values.set");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_value_is_removed_by_delete() {
        choose("DELETE");
        browser.enter("command-key", "colour");

        browser.await("document.querySelector('#log tbody tr').textContent.includes('values.delete')");
        assertThat(browser.evaluate("document.getElementById('command-value').hidden"))
                .isEqualTo("true");
    }

    @Test
    void json_that_is_none_is_told_and_goes_nowhere() {
        choose("JSON");
        browser.enter("command-json", "{\"operation\":");
        browser.await("document.getElementById('answer').textContent.startsWith('This is no JSON')");

        browser.evaluate("document.getElementById('command-json').value = ''");
        browser.enter("command-json", "{\"operation\":\"INCREMENT\"}");

        browser.await("document.querySelector('#log tbody tr').textContent.includes('INCREMENT')");
    }

    @Test
    void what_a_command_says_is_never_markup() {
        browser.enter("command-key", "<img src=x onerror=document.title='owned'>");

        browser.await("document.querySelector('#log tbody tr').textContent.includes('<img')");
        assertThat(browser.evaluate("document.title")).isEqualTo("Muster · node-1 leads");
    }

    @Test
    void a_paused_log_stands_still_while_the_nodes_go_on() {
        browser.click("#log-pause");
        node.cluster.led("node-1", 9);
        browser.await("document.getElementById('sentence').textContent.includes('term 9')");
        assertThat(browser.text("log")).doesNotContain("9 node-1 leads");

        browser.click("#log-pause");
        browser.await("document.querySelector('#log tbody tr td:nth-child(2)').textContent === '9'");
    }

    private void choose(String operation) {
        browser.evaluate("document.getElementById('operation').value = '" + operation + "'");
        browser.evaluate("document.getElementById('operation').dispatchEvent(new Event('change'))");
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reader can do on the dashboard, in a real browser: each act is asked about, done, and told.
final class DashboardActsTest {
    @AutoClose
    private static Browser browser;

    @AutoClose
    private final Node node = Node.leading(7);

    @BeforeAll
    static void startBrowser(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @AfterEach
    void leave() {
        browser.newTab();
    }

    @Test
    void a_bulk_act_says_how_many_it_means_and_changes_nothing_until_confirmed() throws Exception {
        node.submitNoops(3);
        open(Role.OPERATOR, "");
        browser.await("document.querySelectorAll('#jobs tbody tr').length === 3");

        browser.click("[data-bulk=cancel]");
        browser.await("document.getElementById('confirm').open");
        assertThat(browser.text("confirm-title")).isEqualTo("Cancel 3 live jobs?");
        browser.click("#confirm button[value=no]");
        browser.await("!document.getElementById('confirm').open");
        assertThat(count("queued")).isEqualTo("3");

        browser.click("[data-bulk=cancel]");
        browser.await("document.getElementById('confirm').open");
        browser.click("#confirm-yes");

        browser.await("document.getElementById('done').textContent === '3 jobs cancelled.'");
        browser.await("document.querySelector('#counts [data-key=cancelled] dd').textContent === '3'");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void dead_jobs_are_retried_and_purged_by_their_buttons_and_by_those_for_all() throws Exception {
        node.makeAllDead("doomed", 3);
        open(Role.OPERATOR, "");
        browser.await("document.querySelectorAll('[data-verb=retry]').length === 3");

        browser.click("[data-verb=retry]");
        browser.await("document.getElementById('done').textContent.endsWith('queued again.')");
        browser.await("document.querySelectorAll('[data-verb=purge]').length === 2");
        browser.click("[data-verb=purge]");
        confirm();
        browser.await("document.getElementById('done').textContent.endsWith(' purged.')");
        browser.await("document.querySelectorAll('[data-verb=purge]').length === 1");
        browser.click("[data-bulk=purge]");
        confirm();

        browser.await("document.getElementById('done').textContent === '1 job purged.'");
        browser.click("[data-verb=cancel]");
        confirm();
        browser.await("document.getElementById('done').textContent.endsWith(' cancelled.')");
        browser.click("[data-bulk=retry]");
        browser.await("document.getElementById('done').textContent === 'There is no dead job.'");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_refusal_is_told_in_the_words_of_the_node() throws Exception {
        node.submitNoops(1);
        open(Role.VIEWER, "");
        browser.await("document.querySelectorAll('[data-verb=cancel]').length === 1");

        browser.click("[data-verb=cancel]");
        confirm();

        browser.await("document.getElementById('done').textContent !== ''");
        assertThat(browser.text("done")).contains("role viewer");
    }

    @Test
    void buttons_work_on_pages_that_come_neither_by_https_nor_from_loopback() throws Exception {
        node.submitNoops(1);
        open(Role.OPERATOR, "");
        browser.await("document.querySelectorAll('[data-verb=cancel]').length === 1");
        assertThat(browser.evaluate("delete Crypto.prototype.randomUUID && crypto.randomUUID"))
                .isEqualTo("null");

        browser.click("[data-verb=cancel]");
        confirm();

        browser.await("document.getElementById('done').textContent.endsWith(' cancelled.')");
    }

    @Test
    void a_running_audit_is_called_off_by_its_button() throws Exception {
        node.client(Role.OPERATOR).post("/v1/audits", "{\"name\":\"shop\",\"packages\":[\"pkg:npm/a@1.0.0\"]}");
        open(Role.OPERATOR, "");
        browser.await("document.querySelectorAll('[data-audit]').length === 1");

        browser.click("[data-audit]");
        confirm();

        browser.await("document.getElementById('audit-done').textContent.endsWith(' cancelled.')");
        browser.await("document.querySelectorAll('[data-audit]').length === 0");
        assertThat(browser.text("audits")).contains("cancelled");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_job_is_opened_by_its_link_with_its_reasons_and_its_payload() throws Exception {
        node.client(Role.OPERATOR)
                .post("/v1/jobs", "{\"type\":\"doomed\",\"maxAttempts\":1,\"payload\":{\"to\":\"<b>me</b>\"}}");
        node.makeDead("doomed");
        open(Role.OPERATOR, "");
        browser.await("document.querySelectorAll('#jobs tbody a').length === 2");
        browser.resize(390, 800);

        browser.click("#jobs tbody tr:first-child a");

        browser.await("document.getElementById('job-facts').textContent.includes('it broke')");
        assertThat(browser.text("job-dialog"))
                .contains("dead")
                .contains("<b>me</b>")
                .contains("Attempts\n1")
                .contains("mortician");
        assertThat(browser.address()).contains("#/jobs/job-");
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"
                        + " && document.getElementById('job-dialog').scrollWidth"
                        + " <= document.getElementById('job-dialog').clientWidth"))
                .isEqualTo("true");

        String link = browser.address();
        browser.press("job-dialog", "ESCAPE");
        browser.await("!document.getElementById('job-dialog').open && location.hash === ''");
        browser.open(link);
        browser.await("document.getElementById('job-facts').textContent.includes('it broke')");
        browser.click("#job-verbs [data-verb=purge]");
        confirm();
        browser.await("document.getElementById('job-done').textContent.endsWith(' purged.')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_link_to_a_job_that_is_not_there_says_so() {
        open(Role.VIEWER, "/jobs/job-0000000000000");

        browser.await("document.querySelector('#job-facts .error')?.textContent.includes('job-0000000000000')");
    }

    @Test
    void whatever_takes_an_act_can_be_reached_by_keyboard_and_has_a_name() throws Exception {
        node.makeDead("doomed");
        node.submitNoops(1);
        node.client(Role.OPERATOR).post("/v1/audits", "{\"name\":\"shop\",\"packages\":[\"pkg:npm/a@1.0.0\"]}");
        open(Role.OPERATOR, "");
        browser.await("document.querySelectorAll('[data-audit]').length === 1"
                + " && document.querySelectorAll('[data-verb]').length >= 3");

        assertThat(browser.evaluate("[...document.querySelectorAll('button, select, input, a[href]')]"
                        + ".filter(e => e.checkVisibility())"
                        + ".filter(e => e.tabIndex < 0 || !(e.textContent.trim() || e.ariaLabel || e.labels?.length))"
                        + ".map(e => e.outerHTML).join(' ')"))
                .isEqualTo("");
    }

    private String count(String state) {
        return String.valueOf(
                browser.evaluate("document.querySelector('#counts [data-key=" + state + "] dd').textContent"));
    }

    private void confirm() {
        browser.await("document.getElementById('confirm').open");
        browser.click("#confirm-yes");
    }

    /// Opens the page with a key of `role`, then `place` on it.
    private void open(Role role, String place) {
        browser.open(node.address() + "/#key=" + node.cluster.grant(role, ""));
        browser.await("document.getElementById('link').dataset.state === 'live'");
        if (!place.isEmpty()) {
            browser.evaluate("location.hash = '" + place + "'");
        }
    }
}

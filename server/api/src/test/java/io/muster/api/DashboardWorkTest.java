package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the dashboard shows of the work, on screens of every width.
final class DashboardWorkTest {
    @AutoClose
    private static Browser browser;

    /// The elements that stand out of the page to the right, as far as no box of their own lets them scroll.
    private static final String OVERFLOWING = "[...document.querySelectorAll('body *')]"
            + ".filter(e => e.checkVisibility() && !e.closest('.skip, thead'))"
            + ".filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
            + ".map(e => e.tagName + '#' + e.id + '.' + e.className).join(' ')";

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
    void queued_and_dead_jobs_are_shown_without_being_asked_for() throws Exception {
        node.makeDead("doomed");
        node.submitNoops(1);

        open();

        browser.await("document.querySelectorAll('#jobs tbody tr').length === 2");
        assertThat(browser.text("jobs")).contains("dead").contains("doomed").contains("queued");
    }

    @Test
    void a_queued_job_says_in_its_row_why_it_waits() throws Exception {
        node.joinWorker("worker-b", 1, "sleep");
        node.submitNoops(1);

        open();

        browser.await("document.querySelectorAll('#jobs tbody tr').length === 1");
        assertThat(browser.text("jobs")).contains("no worker has a handler for noop");
    }

    @Test
    void each_queue_says_how_much_waits_in_it() throws Exception {
        node.submitNoops(12);

        open();

        browser.await("document.querySelectorAll('#queues tbody tr').length === 1");
        assertThat(browser.evaluate("document.querySelector('#queues tbody td:nth-child(2)').textContent"))
                .isEqualTo("12");
    }

    @Test
    void nothing_stands_out_of_the_page_at_any_width() throws Exception {
        node.joinWorker("a-worker-with-a-name-that-goes-on-and-on-until-it-ends", 4, "noop");
        node.cluster.with("node-2", URI.create("http://127.0.0.1:1"));
        node.cluster.withDead("node-with-a-name-that-goes-on-and-on-for-quite-a-while");
        node.makeDead("a.type.with.a.name.that.goes.on.and.on.for.quite.a.while");
        node.submitNoops(3);
        node.client(Role.OPERATOR)
                .post(
                        "/v1/audits",
                        "{\"name\":\"" + "a/path/that/goes/on/".repeat(8) + "package-lock.json\","
                                + "\"packages\":[\"pkg:npm/%40" + "scope".repeat(12) + "/name@1.0.0\"]}");
        node.concludeAudit("{\"findings\":[{\"id\":\"GHSA-0000-0000-0000\",\"severity\":\"critical\"}]}");
        open();
        browser.await("document.querySelectorAll('#audits tbody tr').length === 1");

        for (int width : new int[] {320, 390, 768, 1280}) {
            browser.resize(width, 900);

            browser.await("innerWidth === " + width);
            assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("at " + width)
                    .isEqualTo("true");
            // Wide tables scroll in a box of their own; on narrow screens there is nothing to scroll.
            assertThat(browser.evaluate(width > 768 ? "''" : OVERFLOWING))
                    .as("at " + width)
                    .isEqualTo("");
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private void open() {
        browser.open(node.address() + "/#key=" + node.cluster.grant(Role.OPERATOR, ""));
        browser.await("document.getElementById('link').dataset.state === 'live'");
    }
}

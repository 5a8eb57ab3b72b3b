package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.AuditDocument;
import io.muster.client.FindingDocument;
import io.muster.http.Client;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class AuditRoutesTest {
    private static final String REQUIREMENTS =
            "\"manifests\":[{\"name\":\"requirements.txt\"," + "\"content\":\"requests==2.19.0\\nflask==1.0\\n\"}]";

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client operator = node.client(Role.OPERATOR);

    @Test
    void a_running_audit_is_cancelled_with_its_jobs_and_only_once() throws Exception {
        var started = Node.read(
                operator.post("/v1/audits", "{\"name\":\"a\",\"packages\":[\"pkg:npm/a@1.0.0\",\"pkg:npm/b@1.0.0\"]}"),
                AuditDocument.class);

        var cancelled = Node.read(operator.post("/v1/audits/" + started.id() + ":cancel", ""), AuditDocument.class);
        var again = operator.post("/v1/audits/" + started.id() + ":cancel", "");

        assertThat(cancelled.state()).isEqualTo("cancelled");
        assertThat(cancelled.finishedAt()).isNotNull();
        assertThat(Node.problem(again).detail()).contains("is cancelled: only a running audit");
        assertThat(Node.problem(operator.post("/v1/audits/audit-00000000ffff:cancel", ""))
                        .status())
                .isEqualTo(404);
        for (String job : started.jobs()) {
            assertThat(operator.get("/v1/jobs/" + job).body()).contains("\"cancelled\"");
        }
    }

    @Test
    void an_answer_holds_so_many_findings_and_says_how_many_packages_it_leaves_out() throws Exception {
        String packages = IntStream.range(0, 8)
                .mapToObj(i -> "\"pkg:npm/a@1.0." + i + "\"")
                .collect(Collectors.joining(","));
        var answer = operator.post("/v1/audits", "{\"name\":\"a\",\"packages\":[" + packages + "]}");
        String finding = "{\"id\":\"a\",\"severity\":\"LOW\"}";
        node.concludeAudit("{\"findings\":[" + String.join(",", Collections.nCopies(2_000, finding)) + "]}");

        AuditDocument audit =
                readAudit(operator.get(answer.headers().firstValue("Location").orElseThrow()));

        assertThat(audit.state()).isEqualTo("concluded");
        assertThat(audit.findings()).hasSize(AuditViews.MAX_FINDINGS);
        assertThat(audit.notices().getFirst()).startsWith("the findings of 3 of 8 packages are not shown");
    }

    @Test
    void an_audit_makes_a_job_for_each_package_and_uses_this_nodes_database_by_default() throws Exception {
        var answer = operator.post("/v1/audits", "{\"name\":\"shop\"," + REQUIREMENTS + "}");

        assertThat(answer.statusCode()).isEqualTo(202);
        AuditDocument audit =
                readAudit(operator.get(answer.headers().firstValue("Location").orElseThrow()));
        assertThat(audit.state()).isEqualTo("running");
        assertThat(audit.database()).isEqualTo(FakeCluster.DATABASE);
        assertThat(audit.chosen()).isEqualTo(2);
        assertThat(audit.jobs()).hasSize(2);
        assertThat(operator.get("/v1/jobs/" + audit.jobs().getFirst()).body()).contains("pkg:pypi/requests@2.19.0");
    }

    @Test
    void a_bare_list_of_packages_is_audited_like_a_manifest_each_package_once() throws Exception {
        var answer = operator.post(
                "/v1/audits",
                "{\"name\":\"popular\",\"packages\":[\"pkg:npm/lodash@4.17.4\",\"pkg:pypi/requests@2.19.0\"],"
                        + REQUIREMENTS + "}");

        AuditDocument audit = readAudit(answer);
        assertThat(audit.candidates()).as("requests stands in both").isEqualTo(3);
        assertThat(operator.get("/v1/jobs/" + audit.jobs().getLast()).body()).contains("pkg:npm/lodash@4.17.4");
    }

    @Test
    void a_sample_of_a_list_of_packages_is_a_share_of_it() throws Exception {
        String packages = IntStream.range(0, 100)
                .mapToObj(i -> "\"pkg:npm/package-" + i + "@1.0.0\"")
                .collect(Collectors.joining(",", "\"packages\":[", "]"));

        AuditDocument audit =
                readAudit(operator.post("/v1/audits", "{\"name\":\"fifth\",\"sample\":0.2," + packages + "}"));

        assertThat(audit.candidates()).isEqualTo(100);
        assertThat(audit.jobs()).hasSize((int) audit.chosen()).hasSizeBetween(1, 60);
    }

    @Test
    void a_package_that_is_still_queued_is_not_queued_again() throws Exception {
        String body = "{\"name\":\"again\",\"packages\":[\"pkg:npm/lodash@4.17.4\"]}";
        AuditDocument first = readAudit(operator.post("/v1/audits", body));

        AuditDocument second = readAudit(operator.post("/v1/audits", body));

        assertThat(second.jobs()).isEqualTo(first.jobs());
    }

    @Test
    void findings_appear_as_workers_conclude() throws Exception {
        AuditDocument started = readAudit(operator.post("/v1/audits", "{\"name\":\"shop\"," + REQUIREMENTS + "}"));

        node.concludeAudit(
                "{\"purl\":\"x\",\"findings\":[{\"id\":\"PYSEC-1\",\"aliases\":[\"CVE-1\"],\"severity\":\"high\","
                        + "\"score\":7.5,\"summary\":\"bad\",\"fixed\":\"3.0\"}],\"omitted\":2,"
                        + "\"undecided\":[{\"id\":\"GHSA-2\",\"why\":\"odd version\"}],\"later\":true}");

        AuditDocument audit = readAudit(operator.get("/v1/audits/" + started.id()));
        assertThat(audit.state()).isEqualTo("concluded");
        assertThat(audit.finished()).isEqualTo(2);
        assertThat(audit.findings()).hasSize(2);
        FindingDocument finding = audit.findings().getFirst();
        assertThat(finding.name()).isEqualTo("requests");
        assertThat(finding.ecosystem()).isEqualTo("PyPI");
        assertThat(finding.version()).isEqualTo("2.19.0");
        assertThat(finding.worker()).isEqualTo("worker-a");
        assertThat(audit.notices()).anyMatch(notice -> notice.contains("2 further findings"));
        assertThat(audit.notices()).anyMatch(notice -> notice.contains("GHSA-2 cannot be decided: odd version"));
    }

    @Test
    void a_conclusion_that_cannot_be_read_is_said_and_hides_nothing_else() throws Exception {
        AuditDocument started = readAudit(operator.post("/v1/audits", "{\"name\":\"shop\"," + REQUIREMENTS + "}"));

        node.concludeAudit("[1,2,3]");

        AuditDocument audit = readAudit(operator.get("/v1/audits/" + started.id()));
        assertThat(audit.state()).isEqualTo("concluded");
        assertThat(audit.notices()).hasSize(2).allMatch(notice -> notice.contains("cannot be read"));
    }

    @Test
    void a_listing_names_audits_without_their_findings() throws Exception {
        operator.post("/v1/audits", "{\"name\":\"first\"," + REQUIREMENTS + "}");
        operator.post("/v1/audits", "{\"name\":\"second\"," + REQUIREMENTS + "}");

        String body = operator.get("/v1/audits?limit=1").body();

        assertThat(body)
                .contains("\"name\":\"second\"")
                .doesNotContain("\"name\":\"first\"")
                .contains("\"jobs\":[]");
    }

    @Test
    void what_cannot_be_audited_is_refused_with_the_place() throws Exception {
        refused(422, "{\"name\":\"x\",\"manifests\":[]}");
        refused(422, "{\"name\":\"x\",\"manifests\":[{\"name\":\"notes.docx\",\"content\":\"hello\"}]}");
        refused(422, "{\"name\":\"x\",\"manifests\":[{\"name\":\"package-lock.json\",\"content\":\"{ not json\"}]}");
        refused(422, "{\"name\":\"x\",\"sample\":0," + REQUIREMENTS + "}");
        refused(422, "{\"name\":\"x\",\"sample\":1.5," + REQUIREMENTS + "}");
        refused(422, "{\"name\":\"x\",\"database\":\"abc\"," + REQUIREMENTS + "}");
        refused(422, "{\"name\":\"x\",\"minimumMillis\":9999999999," + REQUIREMENTS + "}");
        refused(422, "{\"name\":\"x\",\"packages\":[]}");
        refused(422, "{\"name\":\"x\",\"packages\":[\"lodash@4.17.4\"]}");
        refused(422, "{\"name\":\"x\",\"packages\":[\"pkg:npm/lodash\"]}");
        refused(400, "{\"name\":\"x\"}");
        refused(400, "{");
        assertThat(node.cluster.proposed()).isEmpty();
    }

    @Test
    void an_audit_that_never_was_is_not_found() throws Exception {
        assertThat(operator.get("/v1/audits/nonsense").statusCode()).isEqualTo(404);
        assertThat(operator.get("/v1/audits/audit-000000000001").statusCode()).isEqualTo(404);
    }

    private void refused(int status, String body) throws Exception {
        var answer = operator.post("/v1/audits", body);

        assertThat(answer.statusCode()).as(body + " " + answer.body()).isEqualTo(status);
        assertThat(Node.problem(answer).detail()).isNotEmpty();
    }

    private static AuditDocument readAudit(HttpResponse<String> answer) {
        return Node.read(answer, AuditDocument.class);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.DiagnosisDocument;
import io.muster.client.NodeReport;
import io.muster.client.SilentNode;
import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.http.Client;
import io.muster.wire.Json;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two nodes of three, of which the third is dead.
final class DiagnosisRoutesTest {
    @AutoClose
    private final Node one = Node.started("node-1");

    @AutoClose
    private final Node two = Node.started("node-2");

    private final Client viewer = one.client(Role.VIEWER);

    @BeforeEach
    void meet() {
        one.cluster.with("node-2", two.address());
        one.cluster.withDead("node-3");
        two.cluster.with("node-1", one.address());
        two.cluster.withDead("node-3");
        one.cluster.asksWith(two.cluster.grant(Role.WORKER, "node-1"));
    }

    @Test
    void it_is_answered_without_a_leader_and_names_who_is_silent() throws Exception {
        one.cluster.leaderless(4);
        two.cluster.leaderless(4);

        var answer = Node.read(viewer.get("/v1/cluster/diagnosis"), DiagnosisDocument.class);

        assertThat(answer.leader()).isNull();
        assertThat(answer.majority()).isEqualTo(2);
        assertThat(answer.nodes()).extracting(NodeReport::node).containsExactly("node-1", "node-2");
        assertThat(answer.silent()).extracting(SilentNode::node).containsExactly("node-3");
        assertThat(answer.silent()).extracting(SilentNode::why).containsExactly("refused");
        assertThat(answer.findings()).extracting(found -> found.kind()).containsExactly("node-gone");
    }

    @Test
    void a_node_that_refuses_to_report_is_told_with_its_status() throws Exception {
        one.cluster.asksWith(one.cluster.ownKey().replace('0', '1'));

        var answer = Node.read(viewer.get("/v1/cluster/diagnosis"), DiagnosisDocument.class);

        assertThat(answer.silent().getFirst().reason()).isEqualTo("its API answers with status 503");
    }

    @Test
    void a_worker_of_another_machine_may_not_ask() throws Exception {
        var answer = one.client(Role.WORKER).get("/v1/cluster/diagnosis");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void the_answer_is_written_as_it_is_described() {
        var reports = List.of(new Situation("node-1")
                .votedFor("node-1")
                .asks()
                .hearsNot("node-2")
                .report());
        var silent = List.of(
                new SilentNode("node-2", "refused", "no process listens at the address of its API"),
                new SilentNode("node-3", "timed-out", "its API did not answer within 1000 ms"));
        var said = new Testimony(reports, silent);

        Bytes json = Json.write(new DiagnosisDocument(
                "node-1", null, said.voters(), said.majority(), reports, silent, Diagnosis.of(said)));

        Golden.check("diagnosis.json", json.text());
        assertThat(Json.read(json, DiagnosisDocument.class).nodes()).isEqualTo(reports);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.LeaderDocument;
import io.muster.http.Client;
import io.muster.log.NodeId;
import io.muster.log.Successor;
import io.muster.log.TransferAnswer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LeaderRoutesTest {
    private static final String PATH = "/v1/cluster/leader:transfer";

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client admin = node.client(Role.ADMIN);

    @Test
    void an_admin_is_told_who_leads_after_the_hand_over() throws Exception {
        node.cluster.answerTransfers(new TransferAnswer.Done(new NodeId("n2"), 7));

        var answer = admin.post(PATH, "{\"to\":\"n2\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Node.read(answer, LeaderDocument.class)).isEqualTo(new LeaderDocument("n2", 7));
        assertThat(node.cluster.wishedSuccessor()).isEqualTo(new Successor.Named(new NodeId("n2")));
    }

    @Test
    void who_names_nobody_leaves_the_choice_to_the_leader() throws Exception {
        node.cluster.answerTransfers(new TransferAnswer.Done(new NodeId("n3"), 7));

        assertThat(admin.post(PATH, "{}").statusCode()).isEqualTo(200);
        assertThat(node.cluster.wishedSuccessor()).isEqualTo(Successor.ANYONE);
    }

    @Test
    void a_hand_over_that_came_to_nothing_is_a_conflict_with_its_reason() throws Exception {
        node.cluster.answerTransfers(new TransferAnswer.Failed("n2 was not elected in time"));

        var answer = admin.post(PATH, "{}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("leadership was not handed over: n2 was not elected in time");
    }

    @Test
    void a_name_that_no_node_can_have_is_invalid() throws Exception {
        assertThat(admin.post(PATH, "{\"to\":\"no node\"}").statusCode()).isEqualTo(422);
    }

    @Test
    void an_operator_may_not_say_who_leads() throws Exception {
        assertThat(node.client(Role.OPERATOR).post(PATH, "{}").statusCode()).isEqualTo(403);
    }
}

package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.MemberDocument;
import io.muster.client.MembersDocument;
import io.muster.encoding.Bytes;
import io.muster.http.Client;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberChange;
import io.muster.log.MemberRefusal;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.wire.Json;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MemberRoutesTest {
    private static final String PATH = "/v1/cluster/members";
    private static final String N4 = "node-4";
    private static final VoterId IDENTITY = new VoterId(1, 2);
    private static final String ADD = "{\"node\":\"node-4\",\"identity\":\"" + IDENTITY
            + "\",\"nodeAddress\":\"127.0.0.1:9\",\"apiAddress\":\"127.0.0.1:10\"}";

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client admin = node.client(Role.ADMIN);

    @BeforeEach
    void allowMembers() {
        node.raiseFeatureLevel();
    }

    @Test
    void a_learner_is_added_promoted_moved_demoted_and_removed() throws Exception {
        assertThat(roles(admin.post(PATH, ADD).body())).containsEntry(N4, "learner");
        assertThat(roles(admin.post(PATH + "/node-4:promote", "").body())).containsEntry(N4, "voter");
        String moved = "{\"nodeAddress\":\"127.0.0.1:11\",\"apiAddress\":\"127.0.0.1:12\"}";
        assertThat(member(admin.post(PATH + "/node-4:move", moved).body()).nodeAddress())
                .isEqualTo("127.0.0.1:11");
        assertThat(roles(admin.post(PATH + "/node-4:demote", "").body())).containsEntry(N4, "learner");
        assertThat(roles(admin.post(PATH + "/node-4:remove", "").body())).doesNotContainKey(N4);
        assertThat(node.cluster.members().wishes())
                .containsExactly(
                        new MemberChange.AddLearner(
                                new NodeId(N4), IDENTITY, new MemberAddresses("127.0.0.1:9", "127.0.0.1:10")),
                        new MemberChange.Promote(new NodeId(N4)),
                        new MemberChange.Readdress(new NodeId(N4), new MemberAddresses("127.0.0.1:11", "127.0.0.1:12")),
                        new MemberChange.Demote(new NodeId(N4)),
                        new MemberChange.Remove(new NodeId(N4)));
    }

    @Test
    void a_learner_takes_the_place_of_a_voter() throws Exception {
        admin.post(PATH, ADD);

        var answer = admin.post(PATH + "/node-1:replace", "{\"by\":\"node-4\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(node.cluster.members().wishes().getLast())
                .isEqualTo(new MemberChange.Replace(new NodeId(N4), new NodeId("node-1")));
    }

    @Test
    void each_change_stands_on_record_with_who_made_it_and_to_whom() throws Exception {
        admin.post(PATH, ADD);
        admin.post(PATH + "/node-4:promote", "");

        assertThat(admin.get("/v1/decisions").body())
                .contains("\"action\":\"members.add\"")
                .contains("\"action\":\"members.promote\"")
                .contains("\"target\":\"node-4\"");
    }

    @Test
    void every_refusal_has_its_own_kind_and_sentence() throws Exception {
        var n4 = new NodeId(N4);
        refused(new MemberRefusal.NotCaughtUp(n4, 12), 409, "member-behind", "lacks 12 entries");
        refused(new MemberRefusal.NoVoterLeft(), 409, "members-conflict", "nobody would have a vote");
        refused(new MemberRefusal.NoLearner(n4), 409, "members-conflict", "is no learner");
        refused(new MemberRefusal.OlderVersion(n4, 1, 2), 409, "members-conflict", "newer version");
        refused(new MemberRefusal.UnknownMember(n4), 404, "not-found", "is no member");
    }

    private void refused(MemberRefusal reason, int status, String kind, String sentence) throws Exception {
        node.cluster.members().answerNext(new MemberAnswer.Refused(reason));

        var answer = admin.post(PATH + "/node-4:promote", "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Node.problem(answer).type()).endsWith(kind);
        assertThat(Node.problem(answer).detail()).contains(sentence);
    }

    @Test
    void a_change_waits_for_another_that_is_under_way() throws Exception {
        node.cluster.members().answerNext(new MemberAnswer.Refused(new MemberRefusal.AnotherPending(7)));
        node.cluster.members().answerNext(new MemberAnswer.Refused(new MemberRefusal.TermNotBegun()));

        assertThat(admin.post(PATH, ADD).statusCode()).isEqualTo(200);
        assertThat(node.cluster.members().wishes()).hasSize(3);
    }

    @Test
    void a_change_that_was_begun_and_lost_is_told_as_unknown() throws Exception {
        node.cluster.members().answerNext(new MemberAnswer.Unknown("leadership was lost"));

        var answer = admin.post(PATH, ADD);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Node.problem(answer).type()).endsWith("unknown-outcome");
    }

    @Test
    void what_cannot_be_a_member_is_invalid() throws Exception {
        for (String body : new String[] {
            ADD.replace("node-4", "no node"),
            ADD.replace(IDENTITY.toString(), "12"),
            ADD.replace("127.0.0.1:9", "127.0.0.1"),
            ADD.replace("127.0.0.1:9", "127.0.0.1:99999")
        }) {
            assertThat(admin.post(PATH, body).statusCode()).as(body).isEqualTo(422);
        }
        assertThat(node.cluster.members().wishes()).isEmpty();
    }

    @Test
    void an_operator_sees_the_members_and_changes_none() throws Exception {
        Client operator = node.client(Role.OPERATOR);

        assertThat(roles(operator.get(PATH).body())).containsEntry("node-1", "voter");
        assertThat(operator.post(PATH, ADD).statusCode()).isEqualTo(403);
        assertThat(operator.post(PATH + "/node-1:remove", "").statusCode()).isEqualTo(403);
        assertThat(operator.get("/v1/cluster/invitations").statusCode()).isEqualTo(403);
    }

    private static Map<String, String> roles(String body) {
        var roles = new TreeMap<String, String>();
        for (MemberDocument member :
                Json.read(Bytes.utf8(body), MembersDocument.class).members()) {
            roles.put(member.node(), member.role());
        }
        return roles;
    }

    private static MemberDocument member(String body) {
        return Json.read(Bytes.utf8(body), MembersDocument.class).members().stream()
                .filter(member -> member.node().equals(N4))
                .findFirst()
                .orElseThrow();
    }
}

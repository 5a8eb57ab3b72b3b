package io.muster.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.access.Role;
import io.muster.client.CertifyRequest;
import io.muster.client.InvitationDocument;
import io.muster.client.InvitationPage;
import io.muster.client.JoinAnswer;
import io.muster.client.JoinRequest;
import io.muster.client.JoinToken;
import io.muster.client.NewInvitation;
import io.muster.http.Client;
import io.muster.log.MemberAnswer;
import io.muster.log.MemberRefusal;
import io.muster.log.MemberStatus.Vote;
import io.muster.log.NodeId;
import io.muster.log.VoterId;
import io.muster.wire.Json;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an invitation lets in, and what it does not: the threats that ADR 16 names, one by one.
final class JoinRoutesTest {
    private static final String INVITATIONS = "/v1/cluster/invitations";
    private static final String JOIN = "/v1/cluster/members:join";
    private static final VoterId GUEST = new VoterId(1, 2);
    private static final VoterId THIEF = new VoterId(6, 6);

    @AutoClose
    private final Node node = Node.leading(1);

    private final Client admin = node.client(Role.ADMIN);
    private final Client stranger = node.stranger();

    @BeforeEach
    void allowMembers() {
        node.raiseFeatureLevel();
    }

    @Test
    void an_invitation_is_shown_once_and_lets_its_node_in_as_a_learner() throws Exception {
        JoinToken token = invite("{}");

        var answer = join(token, GUEST);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Node.read(answer, JoinAnswer.class).name()).isEqualTo("fake");
        assertThat(node.cluster.members().all())
                .filteredOn(member -> member.id().equals(new NodeId(token.node())))
                .allSatisfy(member -> assertThat(member.vote()).isEqualTo(Vote.LEARNER))
                .hasSize(1);
        assertThat(admin.get(INVITATIONS).body()).doesNotContain(token.secret());
        assertThat(node.cluster.proposed())
                .allSatisfy(envelope -> assertThat(envelope.body().text()).doesNotContain(token.secret()));
        assertThat(statuses()).containsExactly("used");
    }

    @Test
    void the_same_data_folder_may_come_again() throws Exception {
        JoinToken token = invite("{}");
        join(token, GUEST);

        assertThat(join(token, GUEST).statusCode()).isEqualTo(200);
        assertThat(node.cluster.members().wishes()).hasSize(1);
    }

    @Test
    void a_guest_whose_leader_was_lost_before_it_was_added_is_added_when_it_comes_again() throws Exception {
        JoinToken token = invite("{}");
        node.cluster.members().answerNext(new MemberAnswer.Unknown("leadership was lost"));
        assertThat(join(token, GUEST).statusCode()).isEqualTo(503);

        assertThat(join(token, GUEST).statusCode()).isEqualTo(200);
        assertThat(node.cluster.members().all()).hasSize(2);
    }

    @Test
    void a_used_invitation_lets_no_other_data_folder_in() throws Exception {
        JoinToken token = invite("{}");
        join(token, GUEST);

        var answer = join(token, THIEF);

        refused(answer, "invitation-used", "has let in " + token.node() + " from another data folder");
        assertThat(node.cluster.members().all()).hasSize(2);
    }

    @Test
    void an_invitation_that_was_taken_back_lets_nobody_in() throws Exception {
        JoinToken token = invite("{}");
        assertThat(admin.delete(INVITATIONS + "/" + token.invitation()).statusCode())
                .isEqualTo(204);

        refused(join(token, GUEST), "invitation-revoked", "was taken back");
        assertThat(statuses()).containsExactly("revoked");
    }

    @Test
    void an_invitation_that_has_expired_lets_nobody_in() throws Exception {
        JoinToken token = invite("{\"expiresSeconds\":1}");
        node.cluster.pass(2);

        refused(join(token, GUEST), "invitation-expired", "expired at");
        assertThat(statuses()).containsExactly("expired");
    }

    @Test
    void a_guessed_secret_is_answered_like_an_invitation_that_is_not_there() throws Exception {
        JoinToken token = invite("{}");

        var guessed = post(token, GUEST, token.cluster(), "0".repeat(64));

        refused(guessed, "invitation-unknown", "knows no such invitation");
        assertThat(statuses()).containsExactly("open");
    }

    @Test
    void an_invitation_to_another_cluster_is_refused_with_both_names() throws Exception {
        JoinToken token = invite("{}");

        var answer = post(token, GUEST, "f".repeat(32), token.secret());

        refused(answer, "invitation-unknown", "for the cluster " + "f".repeat(32) + ", and this node belongs to");
    }

    @Test
    void an_invitation_is_for_one_name() throws Exception {
        JoinToken token = invite("{\"node\":\"node-9\"}");
        var request = request(token, GUEST, token.cluster(), token.secret()).replace("node-9", "node-8");

        var answer = stranger.post(JOIN, request);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Node.problem(answer).detail()).contains("is for node-9, not for node-8");
    }

    @Test
    void a_name_that_is_taken_by_another_folder_is_a_conflict() throws Exception {
        JoinToken token = invite("{}");
        node.cluster
                .members()
                .answerNext(new MemberAnswer.Refused(new MemberRefusal.NameTaken(new NodeId(token.node()))));

        var answer = join(token, GUEST);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Node.problem(answer).detail()).contains("is a member already");
    }

    @Test
    void nobody_is_invited_under_the_name_of_a_member_or_in_the_place_of_a_stranger() throws Exception {
        assertThat(admin.post(INVITATIONS, "{\"node\":\"node-1\"}").statusCode())
                .isEqualTo(409);
        assertThat(admin.post(INVITATIONS, "{\"replaces\":\"node-7\"}").statusCode())
                .isEqualTo(404);
        assertThat(admin.post(INVITATIONS, "{\"expiresSeconds\":0}").statusCode())
                .isEqualTo(422);
        assertThat(admin.post(INVITATIONS, "{\"node\":\"no node\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_used_invitation_cannot_be_taken_back() throws Exception {
        JoinToken token = invite("{}");
        join(token, GUEST);

        var answer = admin.delete(INVITATIONS + "/" + token.invitation());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Node.problem(answer).detail()).contains("muster member remove");
    }

    @Test
    void a_certificate_is_signed_for_the_folder_that_was_let_in_and_for_no_other() throws Exception {
        JoinToken token = invite("{}");
        node.cluster.members().certifyWith(new Admissions.Certificate.Signed("signed"));

        assertThat(certify(token, GUEST).statusCode()).isEqualTo(503);
        join(token, GUEST);
        assertThat(certify(token, GUEST).body()).contains("signed");
        assertThat(certify(token, THIEF).statusCode()).isEqualTo(503);
    }

    @Test
    void a_node_without_the_key_of_the_authority_says_so() throws Exception {
        JoinToken token = invite("{}");
        join(token, GUEST);

        var answer = certify(token, GUEST);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Node.problem(answer).type()).endsWith("no-authority");
    }

    private JoinToken invite(String body) throws Exception {
        var answer = admin.post(INVITATIONS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JoinToken.parse(Node.read(answer, NewInvitation.class).token());
    }

    private HttpResponse<String> join(JoinToken token, VoterId identity) throws Exception {
        return post(token, identity, token.cluster(), token.secret());
    }

    private HttpResponse<String> post(JoinToken token, VoterId identity, String cluster, String secret)
            throws Exception {
        return stranger.post(JOIN, request(token, identity, cluster, secret));
    }

    private static String request(JoinToken token, VoterId identity, String cluster, String secret) {
        return Json.write(new JoinRequest(
                        cluster,
                        token.invitation(),
                        secret,
                        token.node(),
                        identity.toString(),
                        "127.0.0.1:9",
                        "127.0.0.1:10",
                        "voter"))
                .text();
    }

    private HttpResponse<String> certify(JoinToken token, VoterId identity) throws Exception {
        var request = new CertifyRequest(token.invitation(), token.secret(), identity.toString(), "a request");
        return stranger.post("/v1/node:certify", Json.write(request).text());
    }

    private List<String> statuses() throws Exception {
        return Node.read(admin.get(INVITATIONS), InvitationPage.class).items().stream()
                .map(InvitationDocument::status)
                .toList();
    }

    private static void refused(HttpResponse<String> answer, String kind, String sentence) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(Node.problem(answer).type()).endsWith(kind);
        assertThat(Node.problem(answer).detail()).contains(sentence);
    }
}

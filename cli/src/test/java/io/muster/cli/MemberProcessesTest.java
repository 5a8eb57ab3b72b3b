package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.client.ClientConfig;
import io.muster.client.InvitationRequest;
import io.muster.client.JobStatus;
import io.muster.client.MemberDocument;
import io.muster.client.MusterClient;
import io.muster.client.MusterException;
import io.muster.client.NewInvitation;
import io.muster.client.SubmitJob;
import io.muster.client.SubmittedJob;
import io.muster.encoding.Bytes;
import io.muster.log.NodeId;
import io.muster.node.Pause;
import io.muster.wire.ApiKey;
import io.muster.wire.HttpConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that come, go and are replaced, under load.
@Timeout(420)
final class MemberProcessesTest {
    private static final int FIRST_PORT = 22_101;

    @TempDir
    Path folder;

    @AutoClose
    private final HttpConnections transport = new HttpConnections();

    private final List<GuestNode> guests = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @AfterEach
    void endGuests() {
        guests.forEach(GuestNode::close);
    }

    @Test
    void members_come_go_and_are_replaced_under_load_and_nothing_is_lost() throws Exception {
        var plan = new LocalCluster.Plan("members", 3, FIRST_PORT, 2, "");
        try (var cluster = LocalCluster.start(folder, plan)) {
            MusterClient client = client(cluster);
            Thread load = submitting(client);

            join(client, null);
            awaitRole(client, "node-4", "voter");

            String leader = client.members().leader();
            client.removeMember(leader);
            EndedNode ended = cluster.awaitEnd();
            assertThat(ended.lastWords()).contains("part in the cluster");
            assertThat(roles(client)).hasSize(3).doesNotContain(leader + " voter");

            String killed = founders(cluster).stream()
                    .filter(node -> !node.equals(leader))
                    .findFirst()
                    .orElseThrow();
            cluster.kill(new NodeId(killed));
            join(client, killed);
            awaitRole(client, "node-5", "voter");
            assertThat(roles(client)).hasSize(3).doesNotContain(killed + " voter");

            isOver.set(true);
            load.join();
            restartAll(cluster, leader, killed);
            assertThat(failures).isEmpty();
            assertAllFinished(client);
            System.out.println("members: " + accepted.size() + " jobs accepted, lost 0, now " + roles(client));
        }
    }

    @Test
    void a_join_goes_on_when_the_leader_was_killed_in_its_middle() throws Exception {
        var plan = new LocalCluster.Plan("middle", 3, FIRST_PORT + 100, 2, "");
        try (var cluster = LocalCluster.start(folder, plan)) {
            MusterClient client = client(cluster);
            String token = invite(client, null).token();

            GuestNode guest = guest(token, "guest");
            while (!client.invitations().items().getFirst().status().equals("used")) {
                Pause.shortly();
            }
            cluster.kill(new NodeId(client.members().leader()));
            guest.kill();
            guest.startAgain();

            awaitRole(client, "node-4", "voter");
            assertThat(guest.isAlive()).isTrue();
        }
    }

    @Test
    void a_removed_member_ends_with_its_own_exit_code_and_does_not_start_again() throws Exception {
        var plan = new LocalCluster.Plan("removed", 1, FIRST_PORT + 200, 2, "");
        try (var cluster = LocalCluster.start(folder, plan)) {
            MusterClient client = client(cluster);
            GuestNode guest = join(client, null);
            awaitRole(client, "node-2", "voter");

            client.removeMember("node-2");

            assertThat(guest.exitCode()).isEqualTo(ExitCode.REMOVED.number());
            guest.startAgain();
            assertThat(guest.exitCode()).isEqualTo(ExitCode.REMOVED.number());
            assertThat(guest.output())
                    .contains("belongs to a member that was removed")
                    .contains("muster member invite");
            assertThat(roles(client)).containsExactly("node-1 voter");
        }
    }

    private Thread submitting(MusterClient client) {
        return Thread.ofVirtual().start(() -> {
            while (!isOver.get()) {
                try {
                    var batch = List.of(SubmitJob.of("noop", Bytes.utf8("{}")));
                    for (SubmittedJob job : client.submitAll(batch).jobs()) {
                        accepted.add(String.valueOf(job.id()));
                    }
                    Pause.shortly();
                } catch (MusterException e) {
                    failures.add(String.valueOf(e.getMessage()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    private GuestNode join(MusterClient client, @Nullable String replaces) throws InterruptedException {
        NewInvitation made = invite(client, replaces);
        return guest(made.token(), made.invitation().node());
    }

    private static NewInvitation invite(MusterClient client, @Nullable String replaces) throws InterruptedException {
        return client.invite(new InvitationRequest(null, replaces, null));
    }

    private GuestNode guest(String token, String name) {
        GuestNode guest = GuestNode.join(folder.resolve(name), token);
        guests.add(guest);
        return guest;
    }

    private void awaitRole(MusterClient client, String node, String role) throws InterruptedException {
        while (!roles(client).contains(node + " " + role)) {
            for (GuestNode guest : guests) {
                assertThat(guest.isAlive()).as(guest.output()).isTrue();
            }
            Pause.shortly();
        }
    }

    private static List<String> roles(MusterClient client) throws InterruptedException {
        return client.members().members().stream()
                .map((MemberDocument member) -> member.node() + " " + member.role())
                .toList();
    }

    private static List<String> founders(LocalCluster cluster) {
        return cluster.members().stream().map(member -> member.id().value()).toList();
    }

    private void restartAll(LocalCluster cluster, String... gone) throws InterruptedException {
        for (String node : founders(cluster)) {
            if (!List.of(gone).contains(node)) {
                cluster.kill(new NodeId(node));
            }
        }
        for (GuestNode guest : guests) {
            guest.kill();
        }
        for (String node : founders(cluster)) {
            if (!List.of(gone).contains(node)) {
                cluster.start(new NodeId(node));
            }
        }
        guests.forEach(GuestNode::startAgain);
    }

    private void assertAllFinished(MusterClient client) throws InterruptedException {
        for (String id : accepted) {
            while (client.job(id).state() != JobStatus.SUCCEEDED) {
                Pause.shortly();
            }
        }
        assertThat(client.cluster().counts()).containsEntry(JobStatus.SUCCEEDED, (long) accepted.size());
    }

    private MusterClient client(LocalCluster cluster) throws Exception {
        while (!Files.exists(cluster.adminKey())) {
            cluster.requireRunning();
            Pause.shortly();
        }
        var addresses = cluster.members().stream().map(cluster::address).toList();
        var config = new ClientConfig(addresses, Duration.ofSeconds(60));
        var client = new MusterClient(config, ApiKey.read(cluster.adminKey()), transport);
        while (client.cluster().featureLevel() < 2) {
            Pause.shortly();
        }
        return client;
    }
}

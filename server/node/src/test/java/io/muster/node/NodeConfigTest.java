package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeConfigTest {
    private static final String THREE = """
            cluster:
              name: shop
              nodes:
                - {id: node-1, node: "127.0.0.1:7101", api: "127.0.0.1:7201"}
                - {id: node-2, node: "127.0.0.1:7102", api: "127.0.0.1:7202"}
                - {id: node-3, node: "127.0.0.1:7103", api: "127.0.0.1:7203"}
            """;

    @TempDir
    Path folder;

    @Test
    void a_node_finds_itself_and_its_peers_and_its_folder_beside_the_file() throws IOException {
        var config = read(THREE + "node:\n  slots: 8\n  labels: {zone: a}\n", "node-2");

        assertThat(config.self().api()).hasToString("127.0.0.1:7202");
        assertThat(config.members()).hasSize(3);
        assertThat(config.data()).isEqualTo(folder.resolve("data/node-2"));
        assertThat(config.work().slots()).isEqualTo(8);
        assertThat(config.work().labels()).containsEntry("zone", "a");
    }

    @Test
    void times_come_from_a_profile_and_can_be_set_one_by_one() throws IOException {
        assertThat(read(THREE, "node-1").timing()).isEqualTo(Timing.USUAL);
        assertThat(read(THREE + "  profile: slow\n", "node-1").timing()).isEqualTo(Timing.SLOW);
        var set = read(THREE + "  profile: slow\n  heartbeatMillis: 100\n  clockToleranceMillis: 2000\n", "node-1")
                .timing();

        assertThat(set).isEqualTo(new Timing(100, 1_500, 2_000));
        assertThat(set.raft().heartbeatTicks()).isEqualTo(10);
        assertThat(set.raft().electionTicksMin()).isEqualTo(150);
        assertThat(set.raft().electionTicksMax()).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({
        "heartbeatMillis: 60, at least 3 times as long",
        "heartbeatMillis: 45, steps of 10 ms",
        "electionMillis: 0, must lie between",
        "profile: slwo, usual or slow",
        "heartbeatMilis: 50, heartbeatMillis",
    })
    void times_that_would_cost_a_working_leader_are_refused_with_the_reason(String line, String reason) {
        assertThatThrownBy(() -> read(THREE + "  " + line + "\n", "node-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void all_founders_find_the_same_cluster_id_and_other_clusters_another() throws IOException {
        var first = read(THREE, "node-1").clusterId();

        assertThat(read(THREE, "node-3").clusterId()).isEqualTo(first);
        assertThat(read(THREE.replace("name: shop", "name: mall"), "node-1").clusterId())
                .isNotEqualTo(first);
    }

    @Test
    void a_misspelt_key_is_answered_with_the_nearest_valid_one() {
        assertThatThrownBy(() -> read(THREE + "node:\n  slot: 8\n", "node-1"))
                .hasMessageContaining("no key 'node.slot' (did you mean 'slots'?)");
        assertThatThrownBy(() -> read(THREE.replace("cluster:", "clutser:"), "node-1"))
                .hasMessageContaining("no key 'clutser' (did you mean 'cluster'?)");
        assertThatThrownBy(() -> read("cluster: {name: shop}", ""))
                .hasMessageContaining("cluster.nodes must name 1 to 9 nodes");
    }

    @Test
    void wrong_values_are_refused_in_a_sentence() {
        assertThatThrownBy(() -> read(THREE, "node-4")).hasMessageContaining("did you mean 'node-1'?");
        assertThatThrownBy(() -> read(THREE, "")).hasMessageContaining("say which of the nodes this is");
        assertThatThrownBy(() -> read(THREE.replace("7101", "port"), "node-1"))
                .hasMessageContaining("write it as host:port");
        assertThatThrownBy(() -> read(THREE.replace("7102", "7101"), "node-1"))
                .hasMessageContaining("127.0.0.1:7101 to two listeners");
        assertThatThrownBy(() -> read(THREE + "node: {slots: many}", "node-1"))
                .hasMessageContaining("node.slots must be a whole number, not 'many'");
        assertThatThrownBy(() -> read(THREE + "node: {slots: 9999}", "node-1"))
                .hasMessageContaining("between 0 and 1024");
        assertThatThrownBy(() -> read(": [", "node-1")).hasMessageContaining("as YAML");
        assertThatThrownBy(() -> read("\"\\U8001F600\"", "node-1")).hasMessageContaining("as YAML");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("nowhere.yaml"), ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read the configuration");
    }

    private NodeConfig read(String yaml, String id) throws IOException {
        Path file = folder.resolve("muster.yaml");
        Files.writeString(file, yaml);
        return ConfigFile.read(file, id);
    }
}

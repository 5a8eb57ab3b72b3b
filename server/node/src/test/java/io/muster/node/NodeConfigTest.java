package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.raftruntime.RaftSettings.ReadProof;
import io.muster.tls.CertificateFiles;
import io.muster.tls.CertificateFolder;
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
    void an_engine_has_its_settings_in_a_section_of_its_own() throws IOException {
        assertThat(read(THREE, "node-1").engine()).isEqualTo(RaftFactory.USUAL);
        assertThat(read(THREE + "engine: raft\nraft: {profile: slow}\n", "node-1")
                        .engine())
                .isEqualTo(RaftFactory.SLOW);
        String own =
                "raft: {heartbeatMillis: 40, clockToleranceMillis: 2000, snapshotLogMebibytes: 7, readers: lease}\n";
        assertThat(read(THREE + own, "node-1").engine()).isEqualTo(new RaftFactory(40, 150, 2_000, 7, ReadProof.LEASE));
    }

    @Test
    void without_the_section_tls_everything_is_plain() throws IOException {
        var config = read(THREE, "node-1");

        assertThat(config.tls()).isEqualTo(new TlsConfig.Off());
        assertThat(config.apiUri(config.self())).hasToString("http://127.0.0.1:7201");
    }

    @Test
    void an_empty_section_tls_means_what_init_has_made_beside_the_file() throws IOException {
        var config = read(THREE + "tls:\n", "node-2");

        var made = new CertificateFolder(folder.resolve("tls"));
        assertThat(config.tls()).isEqualTo(new TlsConfig.On(made, made.of("node-2"), made.of("node-2")));
        assertThat(config.apiUri(config.self())).hasToString("https://127.0.0.1:7202");
    }

    @Test
    void the_api_may_show_a_certificate_of_another_authority() throws IOException {
        var config = read(THREE + "tls:\n  api: {authority: a.pem, certificate: c.pem, key: k.pem}\n", "node-2");

        assertThat(((TlsConfig.On) config.tls()).api())
                .isEqualTo(new CertificateFiles(
                        folder.resolve("a.pem"), folder.resolve("c.pem"), folder.resolve("k.pem")));
    }

    @Test
    void an_api_certificate_without_its_key_is_refused() {
        assertThatThrownBy(() -> read(THREE + "tls:\n  api: {authority: a.pem, certificate: c.pem}\n", "node-2"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the configuration lacks tls.api.key, which has no default");
    }

    @Test
    void certificates_that_are_not_there_are_refused_with_what_makes_them() throws IOException {
        var config = read(THREE + "tls:\n", "node-2");

        assertThatThrownBy(() -> NodeCertificates.read(config.tls()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("tls: there is no " + folder.resolve("tls/node-2.pem")
                        + ": muster init makes the files of a cluster");
    }

    @Test
    void times_can_be_set_one_by_one() {
        var set = new RaftFactory(100, 1_500, 2_000, 64, ReadProof.ROUND).protocol();

        assertThat(set.times().heartbeatTicks()).isEqualTo(10);
        assertThat(set.times().electionTicksMin()).isEqualTo(150);
        assertThat(set.times().electionTicksMax()).isEqualTo(300);
    }

    @Test
    void what_raft_is_told_under_cluster_holds_unless_its_own_section_says_otherwise() throws IOException {
        String old = THREE + "  profile: slow\n  heartbeatMillis: 100\n  clockToleranceMillis: 2000\n";

        assertThat(read(old, "node-1").engine()).isEqualTo(new RaftFactory(100, 1_500, 2_000, 64, ReadProof.ROUND));
        assertThat(read(old + "raft: {heartbeatMillis: 200}\n", "node-1").engine())
                .isEqualTo(new RaftFactory(200, 1_500, 2_000, 64, ReadProof.ROUND));
    }

    @Test
    void an_unknown_engine_is_refused_and_the_known_ones_are_named() {
        assertThatThrownBy(() -> read(THREE + "engine: rafd\n", "node-1"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("engine is 'rafd'; it must be raft (did you mean 'raft'?)");
    }

    @Test
    void settings_of_an_engine_that_is_not_chosen_are_unknown_keys() {
        assertThatThrownBy(() -> read(THREE + "redis: {url: x}\n", "node-1"))
                .hasMessageContaining("no key 'redis'")
                .hasMessageContaining("valid here: cluster, engine, node, raft");
        assertThatThrownBy(() -> read(THREE + "raft: {profil: slow}\n", "node-1"))
                .hasMessageContaining("no key 'raft.profil' (did you mean 'profile'?)");
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
    void all_founders_find_the_same_cluster_id() throws IOException {
        assertThat(read(THREE, "node-3").foundingId())
                .isEqualTo(read(THREE, "node-1").foundingId());
    }

    @Test
    void another_cluster_has_another_cluster_id() throws IOException {
        var first = read(THREE, "node-1").foundingId();

        assertThat(read(THREE.replace("name: shop", "name: mall"), "node-1").foundingId())
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

package io.muster.node;

import io.muster.client.JoinAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The configuration that a node is given which joins: what all nodes have alike, where the others are, and itself. It
/// is an ordinary `muster.yaml`, for its operator to read and to change.
///
/// @param node its id
/// @param wish where it listens
/// @param answer what the cluster said
record JoinedConfiguration(String node, Joining.Wish wish, JoinAnswer answer) {
    /// As it is written into the data folder.
    String text() {
        var nodes = new TreeMap<String, Map<String, String>>();
        for (JoinAnswer.Fellow fellow : answer.members()) {
            nodes.put(fellow.node(), member(fellow.node(), fellow.nodeAddress(), fellow.apiAddress()));
        }
        nodes.put(node, member(node, wish.node(), wish.api()));
        var cluster = new LinkedHashMap<String, Object>();
        cluster.put("name", answer.name());
        cluster.put("secretFile", NodeConfig.SECRET_FILE);
        cluster.put("nodes", List.copyOf(new ArrayList<>(nodes.values())));
        var root = new LinkedHashMap<String, Object>();
        root.put("cluster", cluster);
        root.put("engine", answer.engine());
        root.put(answer.engine(), answer.settings());
        root.put("node", Map.of("id", node, "data", "."));
        if (!answer.authorities().isEmpty()) {
            root.put("tls", Map.of("folder", TlsConfig.FOLDER));
        }
        return "# Written by muster node --join. The log says who takes part; by this the node finds the first.\n"
                + new YAMLMapper().writeValueAsString(root);
    }

    private static Map<String, String> member(String id, String node, String api) {
        var member = new LinkedHashMap<String, String>();
        member.put("id", id);
        member.put("node", node);
        member.put("api", api);
        return member;
    }
}

package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;
import java.util.Map;

/// What a node is told that has been let in.
///
/// @param cluster which cluster this is
/// @param name what people call it
/// @param secret by what its nodes know each other
/// @param engine which engine orders its log
/// @param settings that engine's settings, which are the same on every node
/// @param members where the members are that were there before
/// @param authorities whom its nodes trust, as PEM; `""` without TLS
public record JoinAnswer(
        String cluster,
        String name,
        String secret,
        String engine,
        Map<String, Integer> settings,
        List<Fellow> members,
        String authorities) {
    public JoinAnswer {
        settings = Fields.sorted(settings);
        members = Fields.copied(members);
    }

    /// A member that was there before.
    ///
    /// @param nodeAddress where other nodes reach it, as `host:port`
    /// @param apiAddress where its API answers, as `host:port`
    public record Fellow(String node, String nodeAddress, String apiAddress) {}

    /// Without the secret, so that it cannot slip into a log line.
    @Override
    public String toString() {
        return "JoinAnswer[" + cluster + ", " + name + ", " + members + "]";
    }
}

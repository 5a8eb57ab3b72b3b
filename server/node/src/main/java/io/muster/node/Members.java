package io.muster.node;

import io.muster.log.EngineStatus;
import io.muster.log.MemberAddresses;
import io.muster.log.MemberStatus;
import io.muster.log.NodeId;
import java.net.URI;
import java.util.Optional;

/// Where members are: as the log says, and where it does not yet, as the configuration file does.
final class Members {
    private final NodeConfig config;

    Members(NodeConfig config) {
        this.config = config;
    }

    /// Where `member` is reached; none where neither says so.
    Optional<MemberAddresses> addresses(MemberStatus member) {
        return member.addresses().or(() -> configured(member.id()));
    }

    /// Where the API of `node` answers, as `status` says.
    Optional<URI> api(EngineStatus status, NodeId node) {
        return status.members().stream()
                .filter(member -> member.id().equals(node))
                .findFirst()
                .flatMap(this::addresses)
                .or(() -> configured(node))
                .map(at -> config.apiUri(at.api()));
    }

    private Optional<MemberAddresses> configured(NodeId node) {
        return config.members().stream()
                .filter(member -> member.id().equals(node))
                .map(member -> new MemberAddresses(
                        member.node().toString(), member.api().toString()))
                .findFirst();
    }
}

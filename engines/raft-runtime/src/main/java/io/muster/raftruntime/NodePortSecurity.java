package io.muster.raftruntime;

/// What protects the connections between nodes.
public sealed interface NodePortSecurity {
    /// Nothing but the machine that the nodes share: over loopback only.
    record LoopbackOnly() implements NodePortSecurity {}

    /// Mutual TLS.
    ///
    /// @param tls what is shown and trusted
    record MutualTls(NodeTls tls) implements NodePortSecurity {}
}

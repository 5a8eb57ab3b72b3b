package io.muster.log;

import java.util.regex.Pattern;

/// The name of a node for all time; it is not its address, which may change.
///
/// One to 63 lower-case letters, digits and inner hyphens (a DNS label, RFC 1123 §2.1), so that it can stand in host
/// names, certificates and container labels.
public record NodeId(String value) implements Comparable<NodeId> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public NodeId {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' cannot name a node: use 1 to 63 lower-case letters, digits and inner hyphens");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

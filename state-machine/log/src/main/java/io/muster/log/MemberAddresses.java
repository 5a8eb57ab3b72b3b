package io.muster.log;

import java.nio.charset.StandardCharsets;

/// Where a member can be reached. Both may change as long as the member lives; its name never does.
///
/// @param node where the other nodes reach it, as `host:port`
/// @param api where clients and workers reach its HTTP API, as `host:port`
public record MemberAddresses(String node, String api) {
    /// How long either may be, in bytes of UTF-8: a host name has 253 at the most (RFC 1035 §2.3.4),
    /// and a colon and a port follow.
    public static final int MAX_BYTES = 259;

    public MemberAddresses {
        requireShort(node);
        requireShort(api);
    }

    private static void requireShort(String address) {
        int size = address.getBytes(StandardCharsets.UTF_8).length;
        if (size == 0 || size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an address of " + size + " bytes; write host:port, in " + MAX_BYTES + " bytes at the most");
        }
    }
}

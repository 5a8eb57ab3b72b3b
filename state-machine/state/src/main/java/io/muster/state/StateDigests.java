package io.muster.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Digests of a node's state as text, the way the nodes tell them to each other: `<index>:<digest in
/// hex>`, separated by spaces, the last few only.
public final class StateDigests {
    /// The name of the attribute in which a node says them.
    public static final String ATTRIBUTE = "state-digests";

    /// So many fit an attribute, and cover a voter that is some intervals behind.
    static final int TOLD = 8;

    private StateDigests() {}

    /// The last of `digests` as text.
    public static String text(SortedMap<Long, Long> digests) {
        return digests.entrySet().stream()
                .skip(Math.max(0, digests.size() - TOLD))
                .map(entry -> entry.getKey() + ":" + Long.toHexString(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    /// Reads [#text] back; what cannot be read was not told.
    public static SortedMap<Long, Long> parse(String text) {
        var digests = new TreeMap<Long, Long>();
        for (String one : text.split(" ", TOLD + 1)) {
            int colon = one.indexOf(':');
            if (colon < 0) {
                continue;
            }
            try {
                digests.put(
                        Long.parseLong(one.substring(0, colon)), Long.parseUnsignedLong(one.substring(colon + 1), 16));
            } catch (NumberFormatException e) {
                return Collections.emptySortedMap();
            }
        }
        return digests;
    }
}

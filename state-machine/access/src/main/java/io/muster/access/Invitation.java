package io.muster.access;

import io.muster.encoding.Bytes;
import io.muster.log.NodeId;

/// What the cluster keeps of an invitation to a node that is to join it.
///
/// @param id names it
/// @param node whom it lets in
/// @param replaces the voter in whose place that node comes; `""` for none
/// @param hash SHA-256 of the secret
/// @param expiresMicros log time from which on it lets nobody in
public record Invitation(String id, NodeId node, String replaces, Bytes hash, long expiresMicros) {
    public Invitation {
        KeyRecord.checkId(id);
        if (!replaces.isEmpty() && new NodeId(replaces).equals(node)) {
            throw new IllegalArgumentException(node + " cannot come in the place of itself");
        }
        if (hash.size() != AccessLimits.HASH_BYTES) {
            throw new IllegalArgumentException(
                    "an invitation's hash has " + AccessLimits.HASH_BYTES + " bytes, not " + hash.size());
        }
        if (expiresMicros < 0) {
            throw new IllegalArgumentException("an invitation cannot expire before log time began");
        }
    }
}

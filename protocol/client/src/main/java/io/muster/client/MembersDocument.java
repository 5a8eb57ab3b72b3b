package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;

/// Who takes part in a cluster: the answer of `GET /v1/cluster/members`, and of every change of them.
///
/// @param leader who leads, and says so
/// @param term in which term
/// @param changing whether a change of members is under way
/// @param members all of them, by name
public record MembersDocument(String leader, long term, boolean changing, List<MemberDocument> members) {
    public MembersDocument {
        members = Fields.copied(members);
    }
}

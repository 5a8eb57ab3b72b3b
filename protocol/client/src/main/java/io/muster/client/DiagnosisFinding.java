package io.muster.client;

import io.muster.wire.Fields;
import java.util.List;

/// Something that keeps a cluster from having a leader, or may come to.
///
/// @param kind what it is, such as `no-majority`; new ones may come
/// @param nodes whom it is about
/// @param what what is so, in one sentence
/// @param advice what to do about it, in one sentence
public record DiagnosisFinding(String kind, List<String> nodes, String what, String advice) {
    public DiagnosisFinding {
        nodes = Fields.copied(nodes);
    }
}

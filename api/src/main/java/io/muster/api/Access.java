package io.muster.api;

import io.muster.access.Identity;
import io.muster.access.Permission;
import java.util.Set;

/// Who may use a route.
enum Access {
    /// Everybody, without a key: it tells nothing of the work.
    OPEN,
    SEE_CLUSTER,
    READ,
    OPERATE,
    WORK,
    ADMINISTER,
    /// Whoever may read, and the nodes among themselves: a node shows the key of its own worker.
    READ_AS_NODE;

    /// Whether `identity` may use it; `nodes` are the names of the cluster's nodes.
    boolean admits(Identity.Known identity, Set<String> nodes) {
        return switch (this) {
            case OPEN -> true;
            case SEE_CLUSTER -> identity.may(Permission.SEE_CLUSTER);
            case READ -> identity.may(Permission.READ);
            case OPERATE -> identity.may(Permission.OPERATE);
            case WORK -> identity.may(Permission.WORK);
            case ADMINISTER -> identity.may(Permission.ADMINISTER);
            case READ_AS_NODE -> identity.may(Permission.READ) || nodes.contains(identity.worker());
        };
    }
}

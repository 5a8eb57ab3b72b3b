package io.muster.http;

import io.muster.access.Identity;
import io.muster.access.Permission;
import java.util.function.Predicate;

/// Who may use a route.
public enum Access {
    /// Everybody, without a key: it tells nothing of the work.
    OPEN,
    READ,
    OPERATE,
    WORK,
    ADMINISTER,
    /// Who brings work or does it: both carry what is too large for the log.
    CARRY,
    /// Every caller that may read, and the nodes among themselves: a node shows the key of its own worker.
    READ_AS_NODE,
    /// The nodes among themselves.
    AS_NODE;

    /// Whether `identity` may use it; `isNode` tells the names of the cluster's nodes.
    boolean admits(Identity.Known identity, Predicate<String> isNode) {
        return switch (this) {
            case OPEN -> true;
            case READ -> identity.may(Permission.READ);
            case OPERATE -> identity.may(Permission.OPERATE);
            case WORK -> identity.may(Permission.WORK);
            case ADMINISTER -> identity.may(Permission.ADMINISTER);
            case CARRY -> identity.may(Permission.OPERATE) || identity.may(Permission.WORK);
            case READ_AS_NODE -> identity.may(Permission.READ) || isNode.test(identity.worker());
            case AS_NODE -> isNode.test(identity.worker());
        };
    }
}

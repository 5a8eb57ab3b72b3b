package io.muster.access;

/// What a key may do.
public enum Role {
    VIEWER,
    OPERATOR,
    /// It sees nothing but its own work: it may run on a machine that is trusted less than the nodes.
    WORKER,
    ADMIN;

    /// Whether a key of this role may do that. This is the one table of permissions.
    public boolean allows(Permission permission) {
        return switch (permission) {
            case READ -> this == VIEWER || this == OPERATOR || this == ADMIN;
            case OPERATE -> this == OPERATOR || this == ADMIN;
            case WORK -> this == WORKER || this == ADMIN;
            case ADMINISTER -> this == ADMIN;
        };
    }
}

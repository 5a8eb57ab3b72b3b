package io.muster.access;

/// Who wanted what, and whether it was allowed.
///
/// @param principal who
/// @param action what, such as `jobs.cancel`
/// @param target on what, `""` for nothing in particular
/// @param authorization whether it was allowed
/// @param note why, or what else matters
public record Act(String principal, String action, String target, Authorization authorization, String note) {
    public Act {
        AccessLimits.checkName("principal", principal);
        AccessLimits.checkName("action", action);
        AccessLimits.checkNote("target", target);
        AccessLimits.checkNote("note", note);
    }

    /// Whether an act was allowed.
    public enum Authorization {
        ALLOWED,
        DENIED
    }
}

package io.muster.log;

/// What became of a [MemberChange].
public sealed interface MemberAnswer {
    /// It is in force and committed, with the entry `index` at the latest; so answers also one that was
    /// in force before it was asked for.
    record Done(long index) implements MemberAnswer {}

    /// Nothing was changed, and nothing will be.
    record Refused(MemberRefusal reason) implements MemberAnswer {}

    /// It was begun, and then leadership or the node was lost: who leads next either finishes it or
    /// takes it back. Asking again for the same is safe.
    record Unknown(String reason) implements MemberAnswer {}
}

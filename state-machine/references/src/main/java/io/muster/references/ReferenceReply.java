package io.muster.references;

import io.muster.log.Reply;

/// What the reference ledger answers a command with.
public sealed interface ReferenceReply extends Reply {
    /// Answers to [ReferenceCommand.KeepOutput].
    sealed interface OfOutput extends ReferenceReply {}

    /// Answers to [ReferenceCommand.PublishAdvisories].
    sealed interface OfAdvisories extends ReferenceReply {}

    /// Answers to [ReferenceCommand.Mark].
    sealed interface OfMark extends ReferenceReply {}

    /// The output is remembered.
    record Kept() implements OfOutput {}

    /// The worker does not run that attempt of the job: nothing was kept.
    record NotRunning(String job, int attempt) implements OfOutput {}

    /// The set is the one in use.
    record Published() implements OfAdvisories {}

    /// The place is marked.
    record Marked() implements OfMark {}

    /// The proof that a majority has the object is too old: nothing was written. Ask the nodes anew.
    record ProofTooOld() implements OfOutput, OfAdvisories {
        @Override
        public boolean mayChange() {
            return true;
        }
    }

    /// There is no room; nothing was written.
    ///
    /// @param room where none is
    /// @param reason which limit it is, in words
    record Full(Room room, String reason) implements OfOutput, OfAdvisories {
        @Override
        public boolean mayChange() {
            return true;
        }
    }

    /// Whose room it is.
    enum Room {
        OF_OBJECT,
        OF_OWNER,
        IN_TOTAL
    }
}

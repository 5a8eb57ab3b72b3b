package io.muster.references;

import io.muster.encoding.Bytes;
import io.muster.log.CommandKind;
import io.muster.log.LogCommand;

/// What can be asked of the reference ledger.
///
/// Who proposes a command that names an object has asked the nodes and found it on a majority's disks.
public sealed interface ReferenceCommand extends LogCommand {
    @Override
    default CommandKind<ReferenceCommand> kind() {
        return ReferenceCommands.kind(this);
    }

    @Override
    default Bytes encode() {
        return ReferenceCommands.encode(this);
    }

    /// Keeps what a run has printed.
    ///
    /// @param output it
    /// @param provenMicros elapsed log time at which, or after which, a majority had its object
    record KeepOutput(JobOutput output, long provenMicros) implements ReferenceCommand {
        public KeepOutput {
            checkProof(provenMicros);
        }

        @Override
        public String summary() {
            return output.job() + ", attempt " + output.attempt() + ": " + output.written() + " bytes";
        }
    }

    /// Makes a set of advisories the one that audits use.
    ///
    /// @param set it
    /// @param provenMicros elapsed log time at which, or after which, a majority had its object
    record PublishAdvisories(AdvisorySet set, long provenMicros) implements ReferenceCommand {
        public PublishAdvisories {
            checkProof(provenMicros);
        }

        @Override
        public String summary() {
            return set.database() + ", " + set.records() + " records";
        }
    }

    /// Marks a place in the log. Whoever has it written, and sees it applied, knows all that was proposed in an
    /// earlier leader's time, or before it by the same leader, and is ever to be.
    record Mark() implements ReferenceCommand {}

    private static void checkProof(long provenMicros) {
        if (provenMicros < 0) {
            throw new IllegalArgumentException("no proof is from before the first entry");
        }
    }
}

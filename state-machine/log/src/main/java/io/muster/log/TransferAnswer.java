package io.muster.log;

/// What became of the wish that a leader hands over. Nothing that was acknowledged is lost, whichever
/// it is.
public sealed interface TransferAnswer {
    /// `leader` leads in `term`: the successor, or this node where it was to lead itself and does.
    record Done(NodeId leader, long term) implements TransferAnswer {}

    /// Nothing was tried; `reason` is a sentence for people.
    record Refused(String reason) implements TransferAnswer {}

    /// It did not come about before the deadline, or another than the successor was elected; `reason`
    /// is a sentence for people. A leader that was not replaced goes on leading.
    record Failed(String reason) implements TransferAnswer {}
}

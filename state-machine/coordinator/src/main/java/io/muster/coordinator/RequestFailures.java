package io.muster.coordinator;

/// Hears of what was done for a request and ended in an exception of ours.
///
/// What callers send is checked before it comes to the coordinator. Where a check is missing, the request
/// is answered with [WorkerAnswer.Failed] and its end is told here; the state, which only the log
/// changes, is as it was. Applying the log is not confined so: a state that broke a rule of its own must
/// stop its node.
public interface RequestFailures {
    /// `what` names the request, for the log.
    void happened(String what, RuntimeException why);
}

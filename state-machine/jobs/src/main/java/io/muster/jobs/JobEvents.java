package io.muster.jobs;

/// Where the ledger tells what happens in it. The listener is called in the middle of an apply: it may take notes but
/// must not call the ledger.
public interface JobEvents {
    void happened(JobEvent event);
}

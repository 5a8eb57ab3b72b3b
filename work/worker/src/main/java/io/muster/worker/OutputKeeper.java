package io.muster.worker;

/// Where what a run has printed goes before its result is reported. It may take as long as it takes to reach the
/// cluster; whatever becomes of it, the result counts.
@FunctionalInterface
public interface OutputKeeper {
    /// Keeps nothing.
    OutputKeeper NOBODY = _ -> {};

    /// Keeps what a run has printed; its file is removed when this returns.
    ///
    /// @throws InterruptedException when the run was asked to stop
    void keep(Printed printed) throws InterruptedException;
}

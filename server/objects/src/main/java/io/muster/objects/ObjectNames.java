package io.muster.objects;

import io.muster.references.ObjectId;
import java.util.Set;

/// What the log says of objects, as far as this node has applied it.
public interface ObjectNames {
    /// Every object that the log names.
    Set<ObjectId> named() throws InterruptedException;

    /// Has a mark written into the log, from now on, and waits until it is applied here. False where that could not be
    /// done, or nobody knows.
    boolean mark() throws InterruptedException;
}

package io.muster.history;

import io.muster.log.StopException;

/// Says that the history cannot be kept: its file cannot be written or read, belongs to another cluster, or holds
/// another past than this node's log. The node stops; the message says what to do.
public final class HistoryException extends StopException {
    private static final long serialVersionUID = 1L;

    public HistoryException(String message) {
        super(message, null);
    }

    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}

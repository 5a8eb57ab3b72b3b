package io.muster.client;

import java.io.IOException;
import java.io.InputStream;

/// Takes what a server sends, as it arrives, and makes something of it.
public interface ContentSink<T> {
    T take(InputStream content) throws IOException;
}

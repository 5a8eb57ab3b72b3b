package io.muster.exchange;

import io.muster.encoding.Bytes;
import io.muster.wire.ConnectionFailures;
import io.muster.wire.MalformedJsonException;
import io.muster.wire.WireLimits;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An exchange channel over one WebSocket: each text message is a request or an answer.
final class WebSocketChannel implements ExchangeChannel, WebSocket.Listener {
    private static final int CLOSE_SECONDS = 1;

    /// How our server ends a channel whose worker may not do what it asked for (RFC 6455 §7.4.1).
    private static final int POLICY_VIOLATION = 1008;

    /// How our server ends a channel on which it was sent what is no acceptable exchange (RFC 6455 §7.4.1).
    private static final int INVALID_PAYLOAD = 1007;

    private final Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private final StringBuilder answer = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private volatile boolean closeAsked;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    WebSocketChannel(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void send(ExchangeRequest request) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        String text = ExchangeCodec.encode(request).text();
        sent = sent.thenCompose(_ -> open.sendText(text, true)).whenCompleteAsync((_, failure) -> {
            if (failure != null) {
                over("cannot send: " + ConnectionFailures.describe(failure));
            }
        });
    }

    @Override
    public void close() {
        closeAsked = true;
        WebSocket open = socket;
        if (open != null) {
            sent = sent.thenCompose(_ -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                    .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((_, _) -> open.abort());
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (closeAsked) {
            close();
            return;
        }
        listener.opened();
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (answer.length() + part.length() > WireLimits.MAX_ANSWER_BYTES) {
            from.abort();
            unread("an answer of more than " + WireLimits.MAX_ANSWER_BYTES + " bytes");
            return null;
        }
        answer.append(part);
        if (last) {
            String text = answer.toString();
            answer.setLength(0);
            read(from, text);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        if (status == POLICY_VIOLATION) {
            if (over.compareAndSet(false, true)) {
                listener.denied("closed by the server: " + reason);
            }
            return null;
        }
        String what = status == INVALID_PAYLOAD
                ? "the server does not accept what this worker says"
                : "closed by the server with status " + status;
        over(what + (reason.isEmpty() ? "" : ": " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        over(ConnectionFailures.describe(error));
    }

    private void read(WebSocket from, String text) {
        try {
            listener.answered(ExchangeCodec.decodeAnswer(Bytes.utf8(text)));
        } catch (MalformedJsonException e) {
            from.abort();
            unread("an answer that is none, at '" + e.pointer() + "': " + e.getMessage());
        }
    }

    private void unread(String why) {
        if (over.compareAndSet(false, true)) {
            listener.unread(why);
        }
    }

    private void over(String why) {
        if (over.compareAndSet(false, true)) {
            listener.closed(why);
        }
    }
}

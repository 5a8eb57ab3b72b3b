package io.muster.dispatch;

import io.javalin.http.Context;
import io.muster.access.KeyText;
import io.muster.http.Authenticator;
import io.muster.http.Caller;
import java.util.ArrayList;
import java.util.List;

/// What a WebSocket keeps of the request that opened it.
///
/// @param caller who opened it
/// @param credentials the headers that said so, name and value in turn, for requests to the leader
/// @param key the key itself, which may be revoked while the socket is open
record UpgradeFacts(Caller caller, List<String> credentials, KeyText key) {
    static final String ATTRIBUTE = "muster.upgrade";

    UpgradeFacts {
        credentials = List.copyOf(credentials);
    }

    /// Takes them from an upgrade that was let through.
    static void note(Context ctx) {
        var credentials = new ArrayList<String>();
        for (String name : List.of("Authorization", "X-API-Key")) {
            String value = ctx.header(name);
            if (value != null) {
                credentials.add(name);
                credentials.add(value);
            }
        }
        ctx.attribute(ATTRIBUTE, new UpgradeFacts(Caller.of(ctx), credentials, Authenticator.key(ctx)));
    }
}

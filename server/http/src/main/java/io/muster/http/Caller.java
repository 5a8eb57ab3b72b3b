package io.muster.http;

import io.javalin.http.Context;
import io.muster.access.Identity;
import java.util.Objects;

/// Who sent a request, as its key says.
public record Caller(Identity.Known identity) {
    private static final String ATTRIBUTE = "muster.caller";

    /// The name under which what it does is recorded.
    public String principal() {
        return identity.principal();
    }

    /// Notes who sent the request; done once, by the [Authenticator].
    void note(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    /// Which key sent this request, `""` for none.
    public static String key(Context ctx) {
        Caller caller = ctx.attribute(ATTRIBUTE);
        return caller == null ? "" : caller.identity.keyId();
    }

    /// Who sent this request.
    public static Caller of(Context ctx) {
        return Objects.requireNonNull(ctx.<Caller>attribute(ATTRIBUTE), "a guarded route runs after its guard");
    }
}

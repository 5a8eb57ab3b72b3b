package io.muster.http;

import io.javalin.http.Context;
import io.muster.access.Identity;
import io.muster.access.KeyText;
import java.util.Locale;
import java.util.Optional;

/// Lets a request through when its key is known and may use the route.
///
/// The key comes as `Authorization: Bearer` or `X-API-Key`. A mistyped, an unknown and a revoked key are answered
/// alike; the ledger compares hashes in constant time, so how long a refusal takes tells nothing about a secret.
public final class Authenticator {
    private static final String BEARER = "Bearer ";

    private final NodePort cluster;

    Authenticator(NodePort cluster) {
        this.cluster = cluster;
    }

    /// Notes the [Caller] of a request that may use a route of `access`, and refuses any other.
    void admit(Context ctx, Access access) {
        if (access == Access.OPEN) {
            return;
        }
        Identity.Known identity = identify(key(ctx), access);
        if (!access.admits(identity, this::isNode)) {
            throw Refusal.of(
                            ProblemType.NOT_ALLOWED,
                            "key " + identity.keyId() + " has the role " + word(identity.role())
                                    + ", this path takes the permission " + word(access))
                    .refused();
        }
        new Caller(identity).note(ctx);
    }

    private static String presented(Context ctx) {
        String authorization = ctx.header("Authorization");
        if (authorization != null) {
            if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                throw refused("Authorization is not of the form 'Bearer <key>'");
            }
            return authorization.substring(BEARER.length()).strip();
        }
        String key = ctx.header("X-API-Key");
        if (key == null) {
            throw Refusal.of(ProblemType.KEY_MISSING, "neither Authorization nor X-API-Key was sent")
                    .refused();
        }
        return key.strip();
    }

    /// The key that a request presents.
    public static KeyText key(Context ctx) {
        String presented = presented(ctx);
        if (!KeyText.isShaped(presented)) {
            throw refused("what was sent has not the shape of a key");
        }
        return KeyText.parse(presented);
    }

    private Identity.Known identify(KeyText key, Access access) {
        return switch (cluster.identify(key.id(), key.hash())) {
            case Identity.Known known -> known;
            case Identity.NoKeysYet _ -> identifyWithoutLog(key, access);
            case Identity.Unknown _, Identity.Revoked _ -> throw refused("the key is not known to this node");
        };
    }

    /// A node that was just started and finds no majority has no keys to compare with, and has to be
    /// asked why: the nodes' own keys are good for that.
    private Identity.Known identifyWithoutLog(KeyText key, Access access) {
        boolean isForNodes = access == Access.READ_AS_NODE;
        Optional<Identity.Known> known = isForNodes ? cluster.identifyNode(key.id(), key.hash()) : Optional.empty();
        return known.orElseThrow(() -> Refusal.of(
                        ProblemType.NOT_READY,
                        "this node has not read yet who may use the cluster: it has no leader or reads its log"
                                + (isForNodes ? "; its own key is known, worker.key in its data folder" : ""))
                .retryAfter(1)
                .refused());
    }

    /// Asked only where it matters: for the routes that nodes use among themselves.
    private boolean isNode(String name) {
        return cluster.self().value().equals(name)
                || cluster.status().peers().stream()
                        .anyMatch(peer -> peer.id().value().equals(name));
    }

    private static RequestRefused refused(String detail) {
        return Refusal.of(ProblemType.KEY_REFUSED, detail).refused();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

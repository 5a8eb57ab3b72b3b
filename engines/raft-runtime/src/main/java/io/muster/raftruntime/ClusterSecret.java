package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What all nodes of a cluster know and nobody else: who cannot prove that it knows it is not a node.
///
/// The proof is an HMAC-SHA256 over numbers that both sides drew for this connection and over what is said, so that a
/// proof that was overheard is worth nothing on another connection, from the other side or for other words. It covers
/// the greeting; what follows on the connection is protected by mutual TLS, or else by the loopback that it
/// is then confined to.
public final class ClusterSecret {
    /// A key that cannot be guessed.
    public static final int MIN_BYTES = 16;

    /// How long a proof is.
    static final int PROOF_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /// Which side of a connection speaks.
    enum Side {
        DIALLER(1),
        ANSWERER(2);

        private final int code;

        Side(int code) {
            this.code = code;
        }
    }

    /// @param secret at least [#MIN_BYTES] bytes that were drawn by chance
    public ClusterSecret(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a secret of " + secret.length + " bytes can be guessed: it needs " + MIN_BYTES);
        }
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /// Proves that `side` knows the secret and says `content`.
    byte[] proof(Side side, Nonces nonces, FrameType type, Bytes content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((byte) side.code);
            mac.update((byte) type.code());
            mac.update(nonces.answerer().array());
            mac.update(nonces.dialler().array());
            return mac.doFinal(content.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /// Whether `proof` is what [#proof] makes of the same; the time it takes tells nothing.
    boolean isProven(byte[] proof, Side side, Nonces nonces, FrameType type, Bytes content) {
        return MessageDigest.isEqual(proof, proof(side, nonces, type, content));
    }

    @Override
    public String toString() {
        return "the cluster's secret";
    }
}

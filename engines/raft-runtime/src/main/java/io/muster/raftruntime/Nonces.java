package io.muster.raftruntime;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.security.SecureRandom;

/// The numbers that both sides of a connection drew for it, each used once.
record Nonces(Bytes answerer, Bytes dialler) {
    static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    Nonces {
        if (answerer.size() != BYTES || dialler.size() != BYTES) {
            throw new MalformedException("a nonce has " + BYTES + " bytes");
        }
    }

    static Bytes draw() {
        byte[] drawn = new byte[BYTES];
        RANDOM.nextBytes(drawn);
        return Bytes.wrap(drawn);
    }
}

package io.muster.objects;

import io.muster.encoding.Bytes;
import io.muster.encoding.Sha256;
import io.muster.references.ObjectId;
import java.util.HexFormat;
import java.util.random.RandomGeneratorFactory;

/// Objects of tests.
final class Content {
    private Content() {}

    /// So many bytes, the same for the same seed.
    static byte[] bytes(long seed, int size) {
        var bytes = new byte[size];
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(bytes);
        return bytes;
    }

    static ObjectId id(byte[] bytes) {
        return new ObjectId(
                HexFormat.of().formatHex(Sha256.of(Bytes.wrap(bytes)).array()), bytes.length);
    }

    /// Puts it into `store` in chunks of at most `chunkBytes`; says what the last one was answered.
    static ReceiveResult put(ObjectStore store, byte[] bytes, int chunkBytes) {
        var id = id(bytes);
        ReceiveResult answer = new ReceiveResult.Continue(0);
        while (answer instanceof ReceiveResult.Continue(long offset)) {
            int end = (int) Math.min(bytes.length, offset + chunkBytes);
            answer = store.receive(id, offset, java.util.Arrays.copyOfRange(bytes, (int) offset, end));
        }
        return answer;
    }
}

package io.muster.log;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// The body of a batch: its encoded envelopes one after the other, each with its length in front.
public final class Entries {
    /// More entries than this never share a batch: it bounds the work done between two looks at the inbox.
    public static final int MAX_COUNT = 4_096;

    /// A batch takes no further entry once it holds this many bytes; one larger entry still makes a batch alone.
    public static final int SOFT_MAX_BYTES = 1 << 20;

    /// No encoded envelope is larger.
    public static final int MAX_ENTRY_BYTES = Envelope.MAX_BODY_BYTES + 4 * Envelope.MAX_NAME_BYTES;

    private Entries() {}

    /// Joins encoded envelopes into one body.
    public static Bytes join(List<byte[]> envelopes) {
        int size = 0;
        for (byte[] envelope : envelopes) {
            size += envelope.length + 5;
        }
        var writer = new BinaryWriter(size);
        for (byte[] envelope : envelopes) {
            writer.blob(envelope);
        }
        return Bytes.wrap(writer.toBytes());
    }

    /// Takes a body of `count` entries apart; throws [MalformedException] where the two do not agree.
    public static List<Envelope> split(Bytes body, int count) {
        if (count < 0 || count > MAX_COUNT) {
            throw new MalformedException("a batch of " + count + " entries is over the limit of " + MAX_COUNT);
        }
        var envelopes = new ArrayList<Envelope>(count);
        var reader = BinaryReader.over(body.array());
        for (int i = 0; i < count; i++) {
            int length = reader.count(MAX_ENTRY_BYTES);
            int from = reader.position();
            reader.skip(length);
            envelopes.add(Envelope.decode(BinaryReader.over(body.array(), from, length)));
        }
        reader.end();
        return envelopes;
    }
}

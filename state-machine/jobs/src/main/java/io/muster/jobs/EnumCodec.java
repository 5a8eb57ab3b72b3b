package io.muster.jobs;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.Invariant;
import io.muster.encoding.MalformedException;
import java.util.List;

/// How one of a few constants is stored: by its place in a list of its own, so that the order in which an enum is
/// written down means nothing. New constants go to the end.
record EnumCodec<T>(List<T> inStoredOrder) {
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, by List.of
    static <T> EnumCodec<T> of(T... inStoredOrder) {
        return new EnumCodec<>(List.of(inStoredOrder));
    }

    void write(BinaryWriter writer, T constant) {
        int place = inStoredOrder.indexOf(constant);
        Invariant.check(place >= 0, "every constant has a stored form");
        writer.u8(place);
    }

    T read(BinaryReader reader) {
        int place = reader.u8();
        if (place >= inStoredOrder.size()) {
            throw new MalformedException("choice " + place + " is not among " + inStoredOrder);
        }
        return inStoredOrder.get(place);
    }
}

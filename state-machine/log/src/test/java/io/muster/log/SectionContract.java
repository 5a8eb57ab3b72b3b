package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What holds of every ledger's section of a snapshot: it reads back whole or not at all, and what
/// reads it back has the same section.
public final class SectionContract {
    /// Damage to each byte of a larger chunk would take minutes to try.
    private static final int MAX_TRIES = 400;

    private SectionContract() {}

    /// The chunks of a section.
    public static List<Bytes> chunks(FrozenSection section) {
        var chunks = new ArrayList<Bytes>();
        section.write(chunks::add);
        return chunks;
    }

    /// They by name, for a golden file.
    public static Map<String, byte[]> forms(FrozenSection section) {
        var forms = new TreeMap<String, byte[]>();
        for (Bytes chunk : chunks(section)) {
            forms.put("section-%02d".formatted(forms.size()), chunk.array());
        }
        return forms;
    }

    /// Holds a ledger that knows something of each kind to it.
    ///
    /// @param empty makes another ledger that knows nothing
    public static void check(Ledger<?> ledger, Supplier<? extends Ledger<?>> empty) {
        var chunks = chunks(ledger.freeze());
        var copy = empty.get();
        copy.fill(chunks);

        assertThat(copy.digest(1)).isEqualTo(ledger.digest(1));
        assertThat(chunks(copy.freeze())).isEqualTo(chunks);
        assertThat(chunks).allMatch(chunk -> chunk.size() <= SectionWriter.MAX_CHUNK_BYTES);
        assertThatThrownBy(() -> empty.get().fill(List.of())).hasMessageContaining(ledger.name());
        for (List<Bytes> broken : brokenOff(chunks)) {
            assertThatThrownBy(() -> empty.get().fill(broken)).isInstanceOf(MalformedException.class);
        }
        for (int at = 0; at < chunks.size(); at++) {
            damaged(chunks, at, empty);
        }
    }

    private static List<List<Bytes>> brokenOff(List<Bytes> chunks) {
        var twice = new ArrayList<>(chunks);
        twice.addAll(chunks);
        var withoutSecond = new ArrayList<>(chunks);
        withoutSecond.remove(chunks.size() / 2);
        return List.of(
                chunks.subList(0, chunks.size() - 1),
                chunks.subList(1, chunks.size()),
                withoutSecond,
                chunks.reversed(),
                twice);
    }

    private static void damaged(List<Bytes> chunks, int at, Supplier<? extends Ledger<?>> empty) {
        byte[] whole = chunks.get(at).array();
        int step = Math.max(1, whole.length / MAX_TRIES);
        for (int i = 0; i < whole.length; i += step) {
            byte[] damaged = Arrays.copyOf(whole, whole.length);
            damaged[i] ^= 1;
            var section = new ArrayList<>(chunks);
            section.set(at, Bytes.wrap(damaged));
            assertThatThrownBy(() -> empty.get().fill(section)).isInstanceOf(MalformedException.class);
        }
    }
}

package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.Bytes;
import io.muster.encoding.Golden;
import io.muster.encoding.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SectionTest {
    private static final int VERSION = 3;
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void the_stored_form_never_changes() {
        var forms = new TreeMap<String, byte[]>();
        for (Bytes chunk : written(List.of(bytes(1), bytes(2)), List.of(bytes(3)))) {
            forms.put("chunk-" + forms.size(), chunk.array());
        }

        Golden.check("section.txt", forms);
    }

    @Test
    void records_of_any_size_read_back_from_chunks_none_of_which_is_too_large() {
        for (int size : List.of(0, 1, 300_000, MEBIBYTE / 2)) {
            holdsFor(size);
        }
        for (int size = MEBIBYTE - 24; size < MEBIBYTE + 4; size++) {
            holdsFor(size);
        }
        for (int size : List.of(2 * MEBIBYTE - 24, 2 * MEBIBYTE, 4 * MEBIBYTE, 5 * MEBIBYTE - 8)) {
            holdsFor(size);
        }
    }

    @Test
    void a_record_that_is_larger_than_any_can_be_is_refused_before_it_is_put_together() {
        var chunks = written(List.of(bytes(SectionReader.MAX_RECORD_BYTES + 2 * MEBIBYTE)), List.of());

        assertThatThrownBy(() -> read(chunks))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a record of more than " + SectionReader.MAX_RECORD_BYTES);
    }

    @Test
    void a_section_of_another_version_is_refused_by_name() {
        var chunks = written(List.of(bytes(1)), List.of());

        assertThatThrownBy(() -> SectionReader.read("of-things", VERSION - 1, chunks, (_, _) -> {}))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("of-things is of version " + VERSION);
    }

    private static void holdsFor(int size) {
        var first = List.of(bytes(10), bytes(size), bytes(300_000), bytes(size), bytes(20));
        var second = List.of(bytes(5));

        var chunks = written(first, second);

        assertThat(chunks).allMatch(chunk -> chunk.size() <= SectionWriter.MAX_CHUNK_BYTES);
        var expected = new ArrayList<>(first);
        expected.addAll(second);
        assertThat(read(chunks)).isEqualTo(expected);
    }

    private static List<Bytes> written(List<Bytes> first, List<Bytes> second) {
        return SectionContract.chunks(chunks -> new SectionWriter(VERSION, chunks)
                .part(1, first, (writer, record) -> writer.blob(record))
                .part(2, List.of(), (_, _) -> {})
                .part(4, second, (writer, record) -> writer.blob(record))
                .end());
    }

    private static List<Bytes> read(List<Bytes> chunks) {
        var records = new ArrayList<Bytes>();
        SectionReader.read("of-things", VERSION, chunks, (_, reader) -> records.add(reader.bytes(Integer.MAX_VALUE)));
        return records;
    }

    private static Bytes bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}

package io.muster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.encoding.BinaryReader;
import io.muster.encoding.BinaryWriter;
import io.muster.encoding.MalformedException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What holds of the stored replies of every ledger: each type of reply reads back as it was written,
/// and a number that nobody gave to one is refused.
public final class ReplyContract {
    private static final int NOBODYS = 200;

    private ReplyContract() {}

    /// Holds a codec to it; answers the stored forms by name, for a golden file.
    ///
    /// @param type the sealed type of the replies
    /// @param samples at least one reply of each type
    public static Map<String, byte[]> check(
            ReplyCodec codec, Class<? extends Reply> type, List<? extends Reply> samples) {
        var classes = samples.stream().map(Object::getClass).toList();
        assertThat(new HashSet<Class<?>>(classes))
                .as("a sample of every reply")
                .isEqualTo(records(type).collect(Collectors.toSet()));
        var forms = new TreeMap<String, byte[]>();
        for (Reply sample : samples) {
            var writer = new BinaryWriter();
            codec.write(writer, sample);
            var reader = BinaryReader.over(writer.toBytes());
            assertThat(codec.read(reader)).isEqualTo(sample);
            reader.end();
            forms.put("%02d-%s".formatted(forms.size(), sample.getClass().getSimpleName()), writer.toBytes());
        }
        assertThatThrownBy(() -> codec.read(BinaryReader.over(new byte[] {(byte) NOBODYS})))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(String.valueOf(NOBODYS));
        return forms;
    }

    /// The records of a sealed type, also those of the sealed types below it.
    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(ReplyContract::records);
    }
}

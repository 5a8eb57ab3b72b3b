package io.muster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixturesTest {

    static List<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void each_kind_is_known_by_its_name_and_read_as_written_down(Fixture fixture) {
        ManifestReading reading = Manifests.read(fixture.fileName(), fixture.bytes(), SiblingFiles.none());

        assertThat(Manifests.kindOf("some/folder/" + fixture.fileName())).contains(fixture.kind());
        assertThat(Fixture.written(reading)).containsExactlyElementsOf(fixture.expected());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void a_byte_order_mark_and_windows_line_ends_change_nothing(Fixture fixture) {
        String text = new String(fixture.bytes(), StandardCharsets.UTF_8);
        byte[] windows = ("\ufeff" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);

        ManifestReading reading = Manifests.read(fixture.fileName(), windows, SiblingFiles.none());

        assertThat(Fixture.written(reading)).containsExactlyElementsOf(fixture.expected());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void utf_16_is_understood(Fixture fixture) {
        String text = new String(fixture.bytes(), StandardCharsets.UTF_8).replace("encoding=\"UTF-8\"", "");
        byte[] wide = ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);

        ManifestReading reading = Manifests.read(fixture.fileName(), wide, SiblingFiles.none());

        assertThat(Fixture.written(reading)).containsExactlyElementsOf(fixture.expected());
    }
}

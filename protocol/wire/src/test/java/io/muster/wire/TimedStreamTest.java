package io.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// That nobody is listened to for ever.
@Timeout(60)
final class TimedStreamTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void a_peer_that_falls_silent_ends_the_stream() throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var dialled = new Socket(listening.getInetAddress(), listening.getLocalPort());
                var answering = listening.accept()) {
            answering.getOutputStream().write('a');
            var stream = new TimedStream(dialled.getInputStream(), SHORT);

            assertThat(stream.read()).isEqualTo('a');
            assertThatThrownBy(() -> stream.read(new byte[10]))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("200 ms");
        }
    }

    @Test
    void what_comes_in_time_is_read_to_its_end() throws IOException {
        var whole = new ByteArrayInputStream("whole".getBytes(StandardCharsets.US_ASCII));

        assertThat(new TimedStream(whole, LONG).readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("whole");
    }

    @Test
    void a_failure_that_is_no_silence_is_told_as_it_is() throws IOException {
        var lost = InputStream.nullInputStream();
        lost.close();

        assertThatThrownBy(() -> new TimedStream(lost, LONG).read()).isExactlyInstanceOf(IOException.class);
    }
}

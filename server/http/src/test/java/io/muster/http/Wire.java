package io.muster.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A connection to a server under test, byte by byte: for what no HTTP client would send.
public final class Wire implements AutoCloseable {
    /// So long is waited for what must come: less than the 60 s after which the server closes whatever is idle.
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();

    private Wire(URI server, String from) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.getPort()));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public static Wire to(URI server) throws IOException {
        return new Wire(server, "127.0.0.1");
    }

    /// From another address of this machine.
    public static Wire from(String address, URI server) throws IOException {
        return new Wire(server, address);
    }

    /// Everything that comes back to a request that ends its connection.
    public static String ask(URI server, String request) throws IOException {
        try (var wire = to(server)) {
            return wire.say(request).rest();
        }
    }

    /// Sends characters of Latin-1, each as a byte.
    public Wire say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /// Everything until the other side closes; what it had sent before it broke the connection off.
    public String rest() throws IOException {
        var rest = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            rest.append("");
        }
        return rest.toString();
    }

    /// One answer, head and body, of a connection that stays open.
    public String answer() throws IOException {
        var answer = new StringBuilder();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            answer.append(line).append("\r\n");
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        byte[] body = socket.getInputStream().readNBytes(length);
        return answer + "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    }

    /// The next line, without its end; empty also where the other side has closed.
    public String line() throws IOException {
        var line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /// Says `text` again and again, until something comes back or the other side takes no more; then everything that
    /// comes back.
    public String repeat(String text, int everyMillis) throws IOException {
        var rest = new StringBuilder();
        socket.setSoTimeout(everyMillis);
        try {
            while (rest.isEmpty()) {
                say(text);
                try {
                    int first = socket.getInputStream().read();
                    if (first < 0) {
                        return "";
                    }
                    rest.append((char) first);
                } catch (SocketTimeoutException e) {
                    rest.setLength(0);
                }
            }
        } catch (IOException e) {
            rest.append("");
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        return rest + rest();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

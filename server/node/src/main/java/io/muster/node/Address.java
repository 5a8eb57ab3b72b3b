package io.muster.node;

/// A host and a port as a person writes them: `127.0.0.1:7101`, `[::1]:7101`, `host:7101`.
public record Address(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /// Reads `text`; `what` names it in the sentence where it cannot be read.
    static Address parse(String what, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon).replaceAll("^\\[|]$", "");
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!host.isEmpty() && port > 0 && port <= MAX_PORT) {
                return new Address(host, port);
            }
        } catch (NumberFormatException e) {
            // Said below, in the one sentence for every shape of wrong.
        }
        throw new ConfigException(what + " is '" + text + "'; write it as host:port, such as 127.0.0.1:7101");
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}

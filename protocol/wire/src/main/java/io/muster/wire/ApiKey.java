package io.muster.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The secret that a caller shows. It never appears in a text that might be logged.
public final class ApiKey {
    /// No key is longer; a longer file is most likely the wrong file.
    private static final int MAX_CHARACTERS = 512;

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /// @throws IllegalArgumentException if `secret` cannot stand in a header; the message does not repeat it
    public static ApiKey of(String secret) {
        String stripped = secret.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_CHARACTERS
                || !stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("an API key is one line of 1 to " + MAX_CHARACTERS
                    + " ASCII characters without spaces; this one has " + stripped.length());
        }
        return new ApiKey(stripped);
    }

    /// Reads a key from a file that holds nothing else.
    ///
    /// @throws IOException if the file cannot be read
    /// @throws IllegalArgumentException if what it holds is no key; the message names the file, not its content
    public static ApiKey read(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > 2 * MAX_CHARACTERS) {
            throw new IllegalArgumentException(file + " is too large to be an API key: expected one line");
        }
        try {
            return of(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " holds no API key: " + e.getMessage(), e);
        }
    }

    /// The value of the `Authorization` header.
    public String authorization() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}

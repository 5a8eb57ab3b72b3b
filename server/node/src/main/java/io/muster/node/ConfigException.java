package io.muster.node;

/// Says in one sentence what is wrong with the configuration or the flags, and what to write instead. Exit code 2.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String sentence) {
        super(sentence);
    }
}

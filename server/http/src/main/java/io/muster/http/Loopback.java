package io.muster.http;

import java.util.Locale;

/// Which host names mean this very machine, decided by their text alone: a name that has to be resolved can be made
/// to point here by its owner (DNS rebinding).
final class Loopback {
    private Loopback() {}

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("::1") || name.equals("[::1]") || isIpv4Loopback(name);
    }

    private static boolean isIpv4Loopback(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}

package io.muster.tls;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says in a sentence why two sides did not come to speak TLS with each other.
public final class HandshakeFailures {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    private HandshakeFailures() {}

    /// @param failure what the JDK threw
    /// @param own what this side showed
    public static String sentence(Exception failure, CertificateFacts own) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PeerTrust.Untrusted) {
                return String.valueOf(cause.getMessage());
            }
        }
        String text = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(text);
        if (alert.find()) {
            String name = alert.group(1);
            return name.contains("certificate") || name.equals("unknown_ca")
                    ? "it does not accept this node's certificate (" + own + "), and says in its own log why (alert "
                            + name + ")"
                    : "it ended the TLS handshake (alert " + name + "), and says in its own log why";
        }
        if (text.contains("nrecognized SSL message")) {
            return "it speaks plain text and this node's port TLS: give the section tls to all nodes or to none";
        }
        if (text.contains("Empty client certificate chain")) {
            return "it shows no certificate, so it is no node of this cluster";
        }
        return "the TLS handshake failed: " + text;
    }
}

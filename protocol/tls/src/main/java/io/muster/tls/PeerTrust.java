package io.muster.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Accepts the certificates that the cluster's authority issued to certain nodes, and says of any
/// other in one sentence why not.
public final class PeerTrust extends X509ExtendedTrustManager {
    private final CertificateSet own;
    private final Set<String> names;
    private final InstantSource clock;

    /// Why a certificate is not accepted.
    public static final class Untrusted extends CertificateException {
        private static final long serialVersionUID = 1L;

        Untrusted(String sentence) {
            super(sentence);
        }
    }

    /// @param own whose authorities count
    /// @param names the names that are accepted
    /// @param clock what validity is measured by
    public PeerTrust(CertificateSet own, Set<String> names, InstantSource clock) {
        this.own = own;
        this.names = new TreeSet<>(names);
        this.clock = clock;
    }

    private void check(X509Certificate[] chain, String role) throws CertificateException {
        CertificateFacts shown = CertificateFacts.of(chain[0]);
        Instant now = clock.instant();
        if (now.isAfter(shown.ends())) {
            throw new Untrusted("its certificate (" + shown + ") ended "
                    + length(Duration.between(shown.ends(), now))
                    + " ago: make a new one by muster cert renew and give it to that node");
        }
        if (now.isBefore(shown.begins())) {
            throw new Untrusted("its certificate (" + shown + ") begins to be valid only in "
                    + length(Duration.between(now, shown.begins()))
                    + ": the clock of this node is behind, or the one where it was made was ahead; set the clocks by "
                    + "NTP, and make it again by muster cert renew where it was the latter");
        }
        try {
            var issuers = CertificateSet.trustIn(own.authorities());
            if (role.equals("client")) {
                issuers.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            } else {
                issuers.checkServerTrusted(chain, "UNKNOWN");
            }
        } catch (CertificateException e) {
            throw new Untrusted("its certificate (" + shown + ") "
                    + (isSigned(chain[0])
                            ? "is none for this purpose: " + e.getMessage()
                            : "was not issued by an authority in " + own.files().authority()
                                    + ": every node needs the ca.pem and a certificate of one muster init"));
        }
        if (!names.contains(shown.name())) {
            throw new Untrusted("its certificate (" + shown + ") is in the name of '" + shown.name() + "', not of "
                    + String.join(" or ", names) + ": give each node the certificate in its own name");
        }
    }

    /// Whether one of the authorities has signed it: two authorities may have one name.
    private boolean isSigned(X509Certificate certificate) {
        return own.authorities().stream().anyMatch(authority -> {
            try {
                certificate.verify(authority.getPublicKey());
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        });
    }

    private static String length(Duration time) {
        long hours = time.toHours();
        return hours < 1 ? time.toMinutes() + " min" : hours < 48 ? hours + " h" : time.toDays() + " days";
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, "client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, "server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, "client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, "server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, "client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, "server");
    }

    /// Those that the other side may choose its own by.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return own.authorities().toArray(X509Certificate[]::new);
    }
}

package io.muster.tls;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Engines for connections between nodes: TLS 1.3, both sides with a certificate of the cluster's
/// authority. Each has a context of its own, so that no session is resumed by which an ended
/// certificate would live on.
public final class PeerEngines {
    private final CertificateSource source;
    private final InstantSource clock;

    /// @param source what this node shows, and whom it trusts
    /// @param clock what validity is measured by
    public PeerEngines(CertificateSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /// For a connection that this node dials; nothing is accepted but a certificate in the name `peer`.
    public SSLEngine dialling(String peer) {
        SSLEngine engine = engine(Set.of(peer));
        engine.setUseClientMode(true);
        return engine;
    }

    /// For a connection that another dialled; nothing is accepted but a certificate in one of these
    /// names.
    public SSLEngine answering(Set<String> peers) {
        SSLEngine engine = engine(peers);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    private SSLEngine engine(Set<String> names) {
        CertificateSet set = source.current();
        SSLEngine engine = set.context(new PeerTrust(set, names, clock)).createSSLEngine();
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        return engine;
    }

    /// In whose name the certificate is that the other side has shown.
    public static String peer(SSLSession session) {
        try {
            return CertificateFacts.of((X509Certificate) session.getPeerCertificates()[0])
                    .name();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("a handshake without a certificate fails", e);
        }
    }

    /// Why a connection failed, in a sentence for the operator.
    public String sentence(SSLException failure) {
        return HandshakeFailures.sentence(failure, source.current().own());
    }
}

package io.muster.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// What was read from the files of one process, at one time.
///
/// @param files where it was read
/// @param authorities whom it trusts
/// @param chain what it shows
/// @param key the key of the first of them
public record CertificateSet(
        CertificateFiles files, List<X509Certificate> authorities, List<X509Certificate> chain, PrivateKey key) {
    public CertificateSet {
        authorities = List.copyOf(authorities);
        chain = List.copyOf(chain);
    }

    /// What it shows itself by.
    public CertificateFacts own() {
        return CertificateFacts.of(chain.getFirst());
    }

    /// A context that shows this and decides by `trust` about others.
    public SSLContext context(TrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new OwnKey(() -> this)}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform speaks TLS 1.3", e);
        }
    }

    /// Who decides by `authorities` alone.
    static X509ExtendedTrustManager trustIn(List<X509Certificate> authorities) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("every Java platform has PKIX and PKCS12", e);
        }
    }
}

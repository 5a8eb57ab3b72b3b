package io.muster.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Accepts servers whose certificate one of some authorities has issued, under the name that was
/// dialled. For clients: it accepts nobody who dials.
public final class ServerTrust extends X509ExtendedTrustManager {
    private final Supplier<List<X509Certificate>> authorities;

    private ServerTrust(Supplier<List<X509Certificate>> authorities) {
        this.authorities = authorities;
    }

    /// A context for clients that trust the authorities in `file`; throws [CertificateFault] where it
    /// holds none.
    public static SSLContext in(Path file) {
        List<X509Certificate> authorities = Pem.certificates(file);
        return context(() -> authorities);
    }

    /// A context for clients that trust `authorities`, each a certificate as DER; throws [CertificateFault] where one
    /// cannot be read.
    public static SSLContext in(List<byte[]> authorities) {
        List<X509Certificate> read = authorities.stream().map(Pem::certificate).toList();
        return context(() -> read);
    }

    /// A context for clients that trust the authorities of `source`, as its files say at the time.
    public static SSLContext in(CertificateSource source) {
        return context(() -> source.current().authorities());
    }

    private static SSLContext context(Supplier<List<X509Certificate>> authorities) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ServerTrust(authorities)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform speaks TLS", e);
        }
    }

    private X509ExtendedTrustManager now() {
        return CertificateSet.trustIn(authorities.get());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        now().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        now().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        now().checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw nobody();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw nobody();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw nobody();
    }

    private static CertificateException nobody() {
        return new CertificateException("a client is dialled by nobody");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.get().toArray(X509Certificate[]::new);
    }
}

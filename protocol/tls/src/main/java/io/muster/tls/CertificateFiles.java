package io.muster.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/// The PEM files that one process shows itself by.
///
/// @param authority whom it trusts
/// @param certificate what it shows, and after it the certificates up to the authority, where there
/// are any between
/// @param key the private key of the first certificate
public record CertificateFiles(Path authority, Path certificate, Path key) {
    /// What is known of the certificate; throws [CertificateFault] where there is none.
    public CertificateFacts facts() {
        return CertificateFacts.of(Pem.certificates(certificate).getFirst());
    }

    /// What the files hold; throws [CertificateFault] where they cannot be used.
    CertificateSet read() {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey own = Pem.key(key);
        if (!belongTogether(chain.getFirst(), own)) {
            throw new CertificateFault(key + " is not the key of the certificate in " + certificate
                    + ": they were made at different times; muster cert renew makes both");
        }
        return new CertificateSet(this, Pem.certificates(authority), chain, own);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        byte[] probe = {1, 2, 3};
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

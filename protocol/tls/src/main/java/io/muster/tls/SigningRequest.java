package io.muster.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A request for a certificate (PKCS #10, RFC 2986): it proves that who asks has the private key, which stays where it
/// was made.
public final class SigningRequest {
    static final String TYPE = "CERTIFICATE REQUEST";

    /// A request for one key is half a kilobyte.
    private static final int MAX_CHARACTERS = 16 << 10;

    private SigningRequest() {}

    /// A request for the key of `pair`, in the name `name`, as PEM.
    static String make(String name, KeyPair pair) {
        var subject =
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(subject, pair.getPublic()).build(signer);
            return Pem.block(TYPE, request.getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("every Java platform signs with ECDSA", e);
        }
    }

    /// The key that `pem` asks a certificate for; throws [CertificateFault] where it cannot be read, or
    /// is not signed by that key.
    public static PublicKey key(String pem) {
        if (pem.length() > MAX_CHARACTERS) {
            throw new CertificateFault("a request of " + pem.length() + " characters is none for one key");
        }
        List<byte[]> found = Pem.blocks("the request", pem, TYPE);
        if (found.size() != 1) {
            throw new CertificateFault("the request must be one block of PEM, with BEGIN " + TYPE);
        }
        try {
            var request = new JcaPKCS10CertificationRequest(found.getFirst());
            PublicKey key = request.getPublicKey();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new CertificateFault("the request is not signed by the key that it is for");
            }
            return key;
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new CertificateFault("the request cannot be read: " + e.getMessage());
        }
    }
}

package io.muster.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// What a person wants to know of a certificate.
///
/// @param name whose it is: its common name, `""` where it has none
/// @param issuer who signed it
/// @param begins from when it is valid
/// @param ends until when
public record CertificateFacts(String name, String issuer, Instant begins, Instant ends) {
    /// The facts of `certificate`.
    public static CertificateFacts of(X509Certificate certificate) {
        return new CertificateFacts(
                commonName(certificate.getSubjectX500Principal().getName()),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static String commonName(String subject) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return "";
        } catch (InvalidNameException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "name " + name + ", issued by " + issuer + ", valid " + begins + " to " + ends;
    }
}

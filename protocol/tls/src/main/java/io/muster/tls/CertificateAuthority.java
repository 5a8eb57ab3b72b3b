package io.muster.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What signs the certificates of one cluster's nodes: whose certificate it signed is a node under
/// the name in it.
public final class CertificateAuthority {
    /// An authority is exchanged on every node and client at once, so seldom; the machines of a
    /// cluster live less long.
    public static final Duration AUTHORITY_LIFE = Duration.ofDays(3_650);

    /// Long enough that renewing is a yearly act, short enough that a key which leaked is worth
    /// nothing for ever.
    public static final Duration NODE_LIFE = Duration.ofDays(365);

    /// How far the begin of validity is set back: a machine that takes its time zone's hour for UTC,
    /// or whose clock was set by hand, makes certificates that would begin only hours later on all
    /// others. To be valid before it was made helps nobody who does not have the key.
    public static final Duration SET_BACK = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What a node on the same machine, and its operator, dial.
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private final X509Certificate certificate;
    private final PrivateKey key;

    /// A certificate with its private key.
    ///
    /// @param certificate the certificate
    /// @param key the key that belongs to it
    public record Issued(X509Certificate certificate, PrivateKey key) {}

    /// Whom a certificate is for, and for how long.
    ///
    /// @param name the node's id
    /// @param hosts names and addresses under which it is reached, beside those of loopback
    /// @param life how long it is valid from now on
    public record Request(String name, Collection<String> hosts, Duration life) {
        public Request {
            hosts = List.copyOf(hosts);
        }
    }

    CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /// A new authority for the cluster that people call `cluster`.
    public static CertificateAuthority create(String cluster, Instant now) {
        KeyPair pair = newKey();
        X500Name name = name("muster authority", cluster);
        var builder = builder(name, name, now, now.plus(AUTHORITY_LIFE), pair.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("every extension here can be encoded", e);
        }
        return new CertificateAuthority(signed(builder, pair.getPrivate()), pair.getPrivate());
    }

    /// What everybody must hold who is to trust the nodes.
    public X509Certificate certificate() {
        return certificate;
    }

    /// `certificate` as PEM.
    public static String text(X509Certificate certificate) {
        return Pem.text(certificate);
    }

    PrivateKey key() {
        return key;
    }

    /// A certificate with a new key, valid from now on and a while before, never longer than the
    /// authority.
    public Issued issue(Request request, Instant now) {
        KeyPair pair = newKey();
        return new Issued(certify(request, pair.getPublic(), now), pair.getPrivate());
    }

    /// A certificate for the key `holder`, as [#issue] makes one for a key of its own.
    public X509Certificate certify(Request request, PublicKey holder, Instant now) {
        Instant end = now.plus(request.life());
        Instant last = certificate.getNotAfter().toInstant();
        var issuer = new X500Name(certificate.getSubjectX500Principal().getName());
        String cluster = issuer.getRDNs(BCStyle.O)[0].getFirst().getValue().toString();
        var builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial(),
                Date.from(now.minus(SET_BACK)),
                Date.from(end.isBefore(last) ? end : last),
                name(request.name(), cluster),
                holder);
        try {
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, names(request));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(holder));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every extension here can be encoded", e);
        }
        return signed(builder, key);
    }

    private static GeneralNames names(Request request) {
        var hosts = new TreeSet<String>(request.hosts());
        hosts.add(request.name());
        hosts.addAll(LOOPBACK);
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, Instant now, Instant end, PublicKey holder) {
        return new JcaX509v3CertificateBuilder(
                issuer, serial(), Date.from(now.minus(SET_BACK)), Date.from(end), subject, holder);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with ECDSA", e);
        }
    }

    private static X500Name name(String common, String organization) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, common)
                .build();
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM);
    }

    /// NIST P-256: what every TLS library speaks, and half the handshake of RSA.
    static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has the curve secp256r1", e);
        }
    }
}

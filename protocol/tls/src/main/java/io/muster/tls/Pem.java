package io.muster.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Certificates and keys as text (RFC 7468).
final class Pem {
    /// A chain and a key are some thousand bytes; more is a mistaken path.
    private static final long MAX_BYTES = 1 << 20;

    private static final int LINE = 64;

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private Pem() {}

    static String text(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read or made has an encoding", e);
        }
    }

    static String text(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    static String block(String type, byte[] content) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
        return "-----BEGIN " + type + "-----\n" + lines.encodeToString(content) + "\n-----END " + type + "-----\n";
    }

    /// The certificates in `file`, in their order, at least one.
    static List<X509Certificate> certificates(Path file) {
        var found = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (byte[] content : blocks(file, CERTIFICATE)) {
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content)));
            }
        } catch (CertificateException e) {
            throw new CertificateFault(file + " holds a certificate that cannot be read: " + e.getMessage());
        }
        if (found.isEmpty()) {
            throw new CertificateFault(file + " holds no certificate: it must be PEM, with BEGIN CERTIFICATE");
        }
        return List.copyOf(found);
    }

    /// A certificate as DER.
    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new CertificateFault("a certificate cannot be read: " + e.getMessage());
        }
    }

    /// The one private key in `file`.
    static PrivateKey key(Path file) {
        List<byte[]> found = blocks(file, PRIVATE_KEY);
        if (found.size() != 1) {
            throw new CertificateFault(file + " holds " + found.size()
                    + " private keys, not one: it must be PEM, unencrypted, with BEGIN PRIVATE KEY "
                    + "(openssl pkcs8 -topk8 -nocrypt makes that of other forms)");
        }
        var spec = new PKCS8EncodedKeySpec(found.getFirst());
        return Stream.of("EC", "RSA", "Ed25519")
                .flatMap(algorithm -> key(algorithm, spec).stream())
                .findFirst()
                .orElseThrow(() ->
                        new CertificateFault(file + " holds a private key that is neither EC nor RSA nor Ed25519"));
    }

    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static List<byte[]> blocks(Path file, String type) {
        return blocks(file.toString(), read(file), type);
    }

    /// The blocks of `type` in `text`, which came from `origin`.
    static List<byte[]> blocks(String origin, String text, String type) {
        var found = new ArrayList<byte[]>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(type)) {
                try {
                    found.add(Base64.getMimeDecoder().decode(matcher.group(2)));
                } catch (IllegalArgumentException e) {
                    throw new CertificateFault(origin + " is damaged: between BEGIN and END " + type + " is no Base64");
                }
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new CertificateFault(file + " is over " + MAX_BYTES + " bytes; is it a certificate or key?");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new CertificateFault("there is no " + file + ": muster init makes the files of a cluster");
        } catch (IOException e) {
            throw new CertificateFault("cannot read " + file + ": " + e.getMessage());
        }
    }
}

package io.muster.tls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/// The folder in which a cluster's certificates are kept, readable by its owner alone (0700, its
/// files 0600).
///
/// ```
///   ca.pem       every node, worker and client: whom to trust
///   ca.key       signs new certificates: the operator's; a node that has it signs for nodes that join
///   node-1.pem   node-1: its certificate
///   node-1.key   node-1: its private key
/// ```
///
/// @param path where it is
public record CertificateFolder(Path path) {
    /// What signs certificates.
    public Path authorityKey() {
        return path.resolve("ca.key");
    }

    /// The files of the node `name`.
    public CertificateFiles of(String name) {
        return new CertificateFiles(path.resolve("ca.pem"), path.resolve(name + ".pem"), path.resolve(name + ".key"));
    }

    /// The certificates of the authority.
    public List<X509Certificate> authorities() {
        return Pem.certificates(path.resolve("ca.pem"));
    }

    /// The authority, to sign with; throws [CertificateFault] where the folder does not hold its key.
    public CertificateAuthority authority() {
        return new CertificateAuthority(authorities().getFirst(), Pem.key(authorityKey()));
    }

    /// Keeps a new authority, and makes the folder where it is not there; throws [CertificateFault]
    /// where it holds one.
    public void keep(CertificateAuthority authority) {
        if (Files.exists(authorityKey()) || Files.exists(path.resolve("ca.pem"))) {
            throw new CertificateFault(path + " holds an authority already: muster cert renew makes node certificates "
                    + "with it; a new one would be trusted by nobody");
        }
        try {
            Files.createDirectories(path, only("rwx------"));
            write(authorityKey(), Pem.text(authority.key()));
            write(path.resolve("ca.pem"), Pem.text(authority.certificate()));
        } catch (IOException e) {
            throw new CertificateFault("cannot keep an authority in " + path + ": " + e.getMessage());
        }
    }

    /// Keeps what was issued for the node `name`, in the place of what it had. The key comes first: a
    /// node that reads between the two sees that they do not belong together, and goes on with what
    /// it has.
    public void keep(String name, CertificateAuthority.Issued issued) {
        CertificateFiles files = of(name);
        try {
            write(files.key(), Pem.text(issued.key()));
            write(files.certificate(), Pem.text(issued.certificate()));
        } catch (IOException e) {
            throw new CertificateFault(
                    "cannot keep the certificate of " + name + " in " + path + ": " + e.getMessage());
        }
    }

    /// The request of the node `name` for a certificate. Its key is made here, once, and never leaves the folder: the
    /// same request is answered again after a break.
    public String request(String name) {
        Path file = path.resolve(name + ".csr");
        try {
            if (!Files.exists(file) || !Files.exists(of(name).key())) {
                Files.createDirectories(path, only("rwx------"));
                KeyPair pair = CertificateAuthority.newKey();
                write(of(name).key(), Pem.text(pair.getPrivate()));
                write(file, SigningRequest.make(name, pair));
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new CertificateFault("cannot keep a key for " + name + " in " + path + ": " + e.getMessage());
        }
    }

    /// Keeps what an authority has answered to [#request]: the certificate of the node `name`, and whom to trust.
    public void keepAnswer(String name, String certificate, String authorities) {
        try {
            write(path.resolve("ca.pem"), authorities);
            write(of(name).certificate(), certificate);
        } catch (IOException e) {
            throw new CertificateFault(
                    "cannot keep the certificate of " + name + " in " + path + ": " + e.getMessage());
        }
    }

    /// Whether it holds what signs.
    public boolean hasAuthorityKey() {
        return Files.exists(authorityKey());
    }

    private FileAttribute<?>[] only(String mode) {
        boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasModes
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private void write(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(path, ".new", "", only("rw-------"));
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}

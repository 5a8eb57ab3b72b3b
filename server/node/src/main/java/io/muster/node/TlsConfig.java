package io.muster.node;

import io.muster.tls.CertificateFault;
import io.muster.tls.CertificateFiles;
import io.muster.tls.CertificateFolder;
import io.muster.tls.CertificateSource;
import java.nio.file.Path;

/// Whether a node speaks TLS, and by which certificate.
public sealed interface TlsConfig {
    /// The folder of certificates where the configuration does not say.
    String FOLDER = "tls";

    /// No TLS: everything stays on loopback.
    record Off() implements TlsConfig {}

    /// TLS for other nodes.
    ///
    /// @param folder where `muster init` has made the certificates
    /// @param files the node's own
    record On(CertificateFolder folder, CertificateFiles files) implements TlsConfig {
        /// The certificates, read now and whenever they change; throws [ConfigException] where they
        /// cannot be used.
        CertificateSource source() {
            try {
                return new CertificateSource(files);
            } catch (CertificateFault e) {
                throw new ConfigException("tls: " + e.getMessage());
            }
        }
    }

    /// Reads the section `tls`, which may be empty.
    static TlsConfig read(Section section, String id, Path folder) {
        var certificates = new CertificateFolder(
                folder.resolve(section.text("folder", FOLDER)).normalize());
        CertificateFiles usual = certificates.of(id);
        var files = new CertificateFiles(
                chosen(section, "authority", folder, usual.authority()),
                chosen(section, "certificate", folder, usual.certificate()),
                chosen(section, "key", folder, usual.key()));
        section.end();
        return new On(certificates, files);
    }

    private static Path chosen(Section section, String key, Path folder, Path usual) {
        String text = section.text(key, "");
        return text.isEmpty() ? usual : folder.resolve(text).normalize();
    }
}

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

    /// TLS for other nodes and for the API.
    ///
    /// @param folder where `muster init` has made the certificates
    /// @param files by what the node shows itself to other nodes
    /// @param api by what its API shows itself: the same, or what another authority has issued
    record On(CertificateFolder folder, CertificateFiles files, CertificateFiles api) implements TlsConfig {}

    /// The certificates in `files`, read now and whenever they change; throws [ConfigException] where they
    /// cannot be used.
    static CertificateSource source(CertificateFiles files) {
        try {
            return new CertificateSource(files);
        } catch (CertificateFault e) {
            throw new ConfigException("tls: " + e.getMessage());
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
        boolean hasApi = section.has("api");
        Section api = section.section("api");
        var shown = hasApi
                ? new CertificateFiles(
                        folder.resolve(api.requiredText("authority")).normalize(),
                        folder.resolve(api.requiredText("certificate")).normalize(),
                        folder.resolve(api.requiredText("key")).normalize())
                : files;
        api.end();
        section.end();
        return new On(certificates, files, shown);
    }

    private static Path chosen(Section section, String key, Path folder, Path usual) {
        String text = section.text(key, "");
        return text.isEmpty() ? usual : folder.resolve(text).normalize();
    }
}

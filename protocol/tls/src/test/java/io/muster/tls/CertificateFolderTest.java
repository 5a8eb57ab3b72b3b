package io.muster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an authority makes, and how it is kept.
final class CertificateFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-27T18:00:00Z");

    @TempDir
    Path parent;

    private CertificateFolder folder;

    @BeforeEach
    void choose() {
        folder = new CertificateFolder(parent.resolve("tls"));
    }

    private CertificateAuthority founded() {
        var authority = CertificateAuthority.create("shop", NOW);
        folder.keep(authority);
        return authority;
    }

    private X509Certificate issued(CertificateAuthority by, String name, Duration life) {
        folder.keep(
                name, by.issue(new CertificateAuthority.Request(name, List.of("10.0.0.1", "a.example"), life), NOW));
        return folder.of(name).read().chain().getFirst();
    }

    @Test
    void a_node_s_certificate_is_in_its_name_and_signed_by_the_authority() throws Exception {
        var authority = founded();

        X509Certificate made = issued(authority, "node-1", CertificateAuthority.NODE_LIFE);

        made.verify(authority.certificate().getPublicKey());
        assertThat(CertificateFacts.of(made).name()).isEqualTo("node-1");
        assertThat(CertificateFacts.of(made).issuer())
                .contains("muster authority")
                .contains("shop");
        assertThat(((ECPublicKey) made.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
        assertThat(made.getBasicConstraints()).as("signs nothing").isEqualTo(-1);
        assertThat(authority.certificate().getBasicConstraints())
                .as("signs nodes, no authorities")
                .isZero();
    }

    @Test
    void it_is_valid_for_the_hosts_of_the_node_and_for_loopback() throws Exception {
        X509Certificate made = issued(founded(), "node-1", CertificateAuthority.NODE_LIFE);

        assertThat(made.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder(
                        "node-1", "a.example", "localhost", "10.0.0.1", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void it_is_valid_from_a_day_ago_so_that_a_clock_which_is_behind_accepts_it() {
        X509Certificate made = issued(founded(), "node-1", Duration.ofDays(90));

        assertThat(made.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(1)));
        assertThat(made.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
    }

    @Test
    void nothing_outlives_its_authority() {
        var authority = founded();

        X509Certificate made = issued(authority, "node-1", CertificateAuthority.AUTHORITY_LIFE.multipliedBy(2));

        assertThat(made.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    }

    @Test
    void only_the_owner_can_read_what_is_kept() throws IOException {
        issued(founded(), "node-1", CertificateAuthority.NODE_LIFE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        try (var files = Files.list(folder.path())) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void an_authority_that_is_there_is_not_replaced() {
        founded();

        assertThatThrownBy(this::founded)
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("holds an authority already");
    }

    @Test
    void an_authority_signs_on_when_it_was_read_back() throws Exception {
        var first = founded();

        X509Certificate made = issued(folder.authority(), "node-2", CertificateAuthority.NODE_LIFE);

        made.verify(first.certificate().getPublicKey());
        assertThat(made.getIssuerX500Principal()).isEqualTo(first.certificate().getSubjectX500Principal());
    }

    @Test
    void a_key_of_another_certificate_is_told_as_such() throws IOException {
        var authority = founded();
        issued(authority, "node-1", CertificateAuthority.NODE_LIFE);
        issued(authority, "node-2", CertificateAuthority.NODE_LIFE);
        Files.copy(folder.of("node-2").key(), parent.resolve("other.key"));
        var mixed = new CertificateFiles(
                folder.of("node-1").authority(), folder.of("node-1").certificate(), parent.resolve("other.key"));

        assertThatThrownBy(mixed::read)
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("is not the key of the certificate in");
    }

    @Test
    void a_file_that_is_missing_damaged_or_of_another_form_is_named_with_what_to_do() throws IOException {
        issued(founded(), "node-1", CertificateAuthority.NODE_LIFE);
        var files = folder.of("node-1");

        Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(files::read).hasMessageContaining("openssl pkcs8 -topk8");
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\nMHcC\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(files::read).hasMessageContaining("a certificate that cannot be read");
        Files.writeString(files.certificate(), "nothing");
        assertThatThrownBy(files::read).hasMessageContaining("holds no certificate");
        Files.delete(files.certificate());
        assertThatThrownBy(files::read).hasMessageContaining("muster init makes the files");
    }
}

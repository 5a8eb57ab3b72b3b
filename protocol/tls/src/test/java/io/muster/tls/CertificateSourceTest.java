package io.muster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process shows while its files change, and whom it trusts.
final class CertificateSourceTest {
    @TempDir
    Path parent;

    private CertificateFolder folder;
    private CertificateSource source;

    @BeforeEach
    void make() {
        folder = authority("tls");
        issue(folder, "node-1");
        source = new CertificateSource(folder.of("node-1"));
    }

    private CertificateFolder authority(String name) {
        var made = new CertificateFolder(parent.resolve(name));
        made.keep(CertificateAuthority.create("shop", Instant.now()));
        return made;
    }

    private static X509Certificate issue(CertificateFolder by, String name) {
        var request = new CertificateAuthority.Request(name, List.of(), Duration.ofDays(90));
        by.keep(name, by.authority().issue(request, Instant.now()));
        return by.of(name).read().chain().getFirst();
    }

    @Test
    void a_renewed_certificate_is_shown_from_then_on() {
        X509Certificate renewed = issue(folder, "node-1");

        assertThat(source.current().chain()).containsExactly(renewed);
    }

    @Test
    void a_key_without_its_certificate_changes_nothing_until_that_has_come_too() throws IOException {
        var before = source.current();
        var next = authority("next");
        X509Certificate renewed = issue(next, "node-1");

        Files.copy(next.of("node-1").key(), folder.of("node-1").key(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(source.current()).isSameAs(before);
        Files.copy(
                next.of("node-1").certificate(),
                folder.of("node-1").certificate(),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(source.current().chain()).containsExactly(renewed);
    }

    @Test
    void files_that_are_gone_change_nothing() throws IOException {
        var before = source.current();

        Files.delete(folder.of("node-1").certificate());

        assertThat(source.current()).isSameAs(before);
    }

    @Test
    void another_authority_of_the_same_name_is_another_authority() {
        X509Certificate other = issue(authority("other"), "node-2");
        var trust = new PeerTrust(source.current(), Set.of("node-2"), InstantSource.system());

        assertThatThrownBy(() -> trust.checkServerTrusted(new X509Certificate[] {other}, "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("was not issued by an authority in "
                        + folder.of("node-1").authority());
    }

    @Test
    void two_authorities_in_one_file_are_both_trusted() throws Exception {
        var other = authority("other");
        X509Certificate shown = issue(other, "node-2");
        Path authorities = folder.of("node-1").authority();
        Files.writeString(
                authorities,
                Files.readString(authorities)
                        + Files.readString(other.of("node-2").authority()));

        var trust = new PeerTrust(source.current(), Set.of("node-2"), InstantSource.system());

        trust.checkServerTrusted(new X509Certificate[] {shown}, "UNKNOWN");
        trust.checkClientTrusted(new X509Certificate[] {shown}, "EC");
        assertThat(trust.getAcceptedIssuers()).hasSize(2);
    }
}

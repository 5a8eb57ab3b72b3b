package io.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.tls.CertificateAuthority;
import io.muster.tls.CertificateFolder;
import io.muster.tls.CertificateSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a node says that a certificate ends.
final class CertificateWatchTest {
    private static final Instant MADE = Instant.parse("2026-11-27T18:00:00Z");
    private static final Duration LIFE = Duration.ofDays(90);

    @TempDir
    Path folder;

    private CertificateFolder certificates;

    @BeforeEach
    void make() {
        certificates = new CertificateFolder(folder.resolve("tls"));
        certificates.keep(CertificateAuthority.create("shop", MADE));
        issue(LIFE);
    }

    private void issue(Duration life) {
        var request = new CertificateAuthority.Request("node-1", List.of(), life);
        certificates.keep("node-1", certificates.authority().issue(request, MADE));
    }

    private CertificateWatch at(Instant now) {
        return new CertificateWatch(
                List.of(new CertificateSource(certificates.of("node-1"))), InstantSource.fixed(now));
    }

    @Test
    void more_than_a_month_before_there_is_nothing_to_say() {
        assertThat(at(MADE.plus(LIFE).minus(CertificateWatch.NOTICE)).trouble()).isEmpty();
    }

    @Test
    void less_than_a_month_before_it_is_said_what_ends_when_and_what_to_do() {
        var watch = at(MADE.plus(LIFE).minus(CertificateWatch.NOTICE).plusSeconds(1));

        assertThat(watch.trouble())
                .contains(
                        "the certificate of node-1 ends at 2027-02-25T18:00:00Z: make a new one by muster cert renew, "
                                + "and give its files to this node");
    }

    @Test
    void after_its_end_it_is_said_to_have_ended() {
        assertThat(at(MADE.plus(LIFE)).trouble().orElseThrow()).contains("the certificate of node-1 ended at 2027");
    }

    @Test
    void an_authority_that_ends_is_said_as_well() {
        issue(CertificateAuthority.AUTHORITY_LIFE);
        var watch = at(MADE.plus(CertificateAuthority.AUTHORITY_LIFE).minus(Duration.ofDays(2)));

        assertThat(watch.first().orElseThrow().ends()).isEqualTo(MADE.plus(CertificateAuthority.AUTHORITY_LIFE));
        assertThat(watch.trouble()).isPresent();
    }

    @Test
    void a_renewed_certificate_ends_the_warning() {
        var watch = at(MADE.plus(LIFE).minusSeconds(1));
        assertThat(watch.trouble()).isPresent();

        issue(LIFE.multipliedBy(2));

        assertThat(watch.trouble()).isEmpty();
    }

    @Test
    void without_tls_there_is_nothing_to_watch() {
        var watch = new NodeCertificates.None().watch();

        assertThat(watch.first()).isEmpty();
        assertThat(watch.trouble()).isEmpty();
    }
}

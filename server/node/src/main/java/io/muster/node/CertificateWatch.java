package io.muster.node;

import io.muster.tls.CertificateFacts;
import io.muster.tls.CertificateSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches when the certificates of a node end, its authorities' too, and warns a month before. Each check
/// also reads the files again where they have changed.
final class CertificateWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    /// Long enough to order a certificate over a holiday, and once more after a mistake.
    static final Duration NOTICE = Duration.ofDays(30);

    /// The time between two checks: a changed file is noticed within it, also where nobody connects.
    private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(1);

    /// The time between two warnings: an operator who reads the log daily sees one.
    private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

    private final List<CertificateSource> sources;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("muster-certificate-watch").daemon().unstarted(this::run);
    private Instant warned = Instant.MIN;

    /// @param sources what the node shows and trusts; empty where it speaks no TLS
    CertificateWatch(List<CertificateSource> sources, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    /// Checks now, and then every minute, where there is a certificate.
    void start() {
        if (!sources.isEmpty()) {
            check();
            thread.start();
        }
    }

    /// The certificate that ends first; none without TLS.
    Optional<CertificateFacts> first() {
        return sources.stream()
                .map(CertificateSource::current)
                .flatMap(set -> Stream.concat(
                        Stream.of(set.own()), set.authorities().stream().map(CertificateFacts::of)))
                .min(Comparator.comparing(CertificateFacts::ends));
    }

    /// The certificate that ends within [#NOTICE] or has ended, and what to do, as a sentence.
    Optional<String> trouble() {
        Instant now = clock.instant();
        return first().filter(certificate -> certificate.ends().isBefore(now.plus(NOTICE)))
                .map(certificate -> "the certificate of " + certificate.name() + " "
                        + (certificate.ends().isAfter(now) ? "ends" : "ended") + " at " + certificate.ends()
                        + ": make a new one by muster cert renew, and give its files to this node");
    }

    private void check() {
        trouble().ifPresent(sentence -> {
            Instant now = clock.instant();
            if (warned.isBefore(now.minus(BETWEEN_WARNINGS))) {
                warned = now;
                log.warn("certificate ends soon reason=\"{}\"", sentence);
            }
        });
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(BETWEEN_CHECKS.toMillis(), TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            log.warn("nobody watches the certificates any more");
        }
    }
}

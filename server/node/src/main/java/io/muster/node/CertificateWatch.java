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

/// Watches when the certificates of a node end, its authorities' too, and warns a month before. Its looks also read
/// files again that have changed.
final class CertificateWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    /// Time for an order, a holiday and a mistake.
    static final Duration NOTICE = Duration.ofDays(30);

    /// A new certificate is told of within that time, also where nobody connects.
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /// Somebody who reads the log every day reads it.
    private static final Duration BETWEEN_LINES = Duration.ofDays(1);

    private final List<CertificateSource> sources;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("muster-certificate-watch").daemon().unstarted(this::run);
    private Instant told = Instant.MIN;

    /// @param sources what the node shows and trusts; empty where it speaks no TLS
    CertificateWatch(List<CertificateSource> sources, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
    }

    /// Looks now, and then every minute, where there is anything to look at.
    void start() {
        if (!sources.isEmpty()) {
            look();
            thread.start();
        }
    }

    /// What ends first; nothing without TLS.
    Optional<CertificateFacts> first() {
        return sources.stream()
                .map(CertificateSource::current)
                .flatMap(set -> Stream.concat(
                        Stream.of(set.own()), set.authorities().stream().map(CertificateFacts::of)))
                .min(Comparator.comparing(CertificateFacts::ends));
    }

    /// What somebody has to do something about.
    Optional<String> trouble() {
        Instant now = clock.instant();
        return first().filter(certificate -> certificate.ends().isBefore(now.plus(NOTICE)))
                .map(certificate -> "the certificate of " + certificate.name() + " "
                        + (certificate.ends().isAfter(now) ? "ends" : "ended") + " at " + certificate.ends()
                        + ": make a new one by muster cert renew, and give its files to this node");
    }

    private void look() {
        trouble().ifPresent(sentence -> {
            Instant now = clock.instant();
            if (told.isBefore(now.minus(BETWEEN_LINES))) {
                told = now;
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
            while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            log.warn("nobody watches the certificates any more");
        }
    }
}

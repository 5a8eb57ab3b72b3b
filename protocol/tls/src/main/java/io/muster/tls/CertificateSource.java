package io.muster.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates of one process, read again when a file has changed, so that renewing needs no
/// restart. What cannot be used is told once and changes nothing. From any thread.
public final class CertificateSource {
    private static final Logger log = LoggerFactory.getLogger(CertificateSource.class);

    private final CertificateFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Stamp> stamps;
    private volatile CertificateSet set;

    /// What tells one state of a file from the next.
    private record Stamp(String key, long millis, long size) {}

    /// Reads `files`; throws [CertificateFault] where they cannot be used.
    public CertificateSource(CertificateFiles files) {
        this.files = files;
        stamps = stamps(files);
        set = files.read();
    }

    /// What the files hold now, or held when they could last be used.
    public CertificateSet current() {
        lock.lock();
        try {
            List<Stamp> seen = stamps(files);
            if (!seen.equals(stamps)) {
                stamps = seen;
                readAgain();
            }
            return set;
        } finally {
            lock.unlock();
        }
    }

    /// A context for a server that asks nobody for a certificate; it shows what the files hold at the
    /// time.
    public SSLContext server() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OwnKey(this::current)}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform speaks TLS", e);
        }
    }

    private void readAgain() {
        try {
            set = files.read();
            log.info(
                    "certificate read again file={} ends={}",
                    files.certificate(),
                    set.own().ends());
        } catch (CertificateFault e) {
            log.warn("certificate not read again reason=\"{}\" goesOnWith=\"{}\"", e.getMessage(), set.own());
        }
    }

    private static List<Stamp> stamps(CertificateFiles files) {
        var stamps = new ArrayList<Stamp>();
        for (Path file : List.of(files.authority(), files.certificate(), files.key())) {
            stamps.add(stamp(file));
        }
        return stamps;
    }

    private static Stamp stamp(Path file) {
        try {
            var seen = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    String.valueOf(seen.fileKey()), seen.lastModifiedTime().toMillis(), seen.size());
        } catch (IOException e) {
            return new Stamp("none", 0, 0);
        }
    }
}

package io.muster.worker;

import io.muster.encoding.Bytes;
import io.muster.exchange.AttemptId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one run prints: its end in memory, and all of it in a file once it is more than that. A handler may print from
/// several threads.
///
/// A disk that takes no more costs the text and never the run.
final class OutputSpool implements AutoCloseable {
    /// More than anybody reads; a run that prints without end must not fill disks.
    static final long MAX_BYTES = 64L << 20;

    private static final int TAIL_BYTES = Printed.MAX_TAIL_BYTES;

    private static final Logger log = LoggerFactory.getLogger(OutputSpool.class);

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] ring = new byte[TAIL_BYTES];
    private long written;
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private String trouble = "";

    OutputSpool() {
        this(MAX_BYTES);
    }

    OutputSpool(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void print(byte[] text) {
        lock.lock();
        try {
            spool(text);
            for (int from = Math.max(0, text.length - TAIL_BYTES); from < text.length; ) {
                int at = (int) ((written + from) % TAIL_BYTES);
                int more = Math.min(TAIL_BYTES - at, text.length - from);
                System.arraycopy(text, from, ring, at, more);
                from += more;
            }
            written += text.length;
        } finally {
            lock.unlock();
        }
    }

    private void spool(byte[] text) {
        if (!trouble.isEmpty()) {
            return;
        }
        int room = Math.clamp(maxBytes - written, 0, text.length);
        if (written + room <= TAIL_BYTES) {
            head.write(text, 0, room);
            return;
        }
        try {
            OutputStream to = out;
            if (to == null) {
                Path made = Files.createTempFile("muster-output-", ".txt");
                file = made;
                to = Files.newOutputStream(made);
                out = to;
                head.writeTo(to);
                head.reset();
            }
            to.write(text, 0, room);
        } catch (IOException e) {
            trouble = "the worker's disk took no more of it: " + e.getMessage();
            log.warn("output not spooled cause=\"{}\"", e.toString());
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return written == 0;
        } finally {
            lock.unlock();
        }
    }

    /// All that was printed. Nothing is to be printed afterwards.
    Printed end(AttemptId id, String worker) {
        lock.lock();
        try {
            return new Printed(id, worker, written, tail(), whole());
        } finally {
            lock.unlock();
        }
    }

    private Bytes tail() {
        int size = (int) Math.min(written, TAIL_BYTES);
        var tail = new byte[size];
        for (int i = 0; i < size; i++) {
            tail[i] = ring[(int) ((written - size + i) % TAIL_BYTES)];
        }
        return Bytes.wrap(tail);
    }

    private Printed.Whole whole() {
        if (written <= TAIL_BYTES) {
            return new Printed.Whole.InTail();
        }
        OutputStream to = out;
        Path spooled = file;
        if (trouble.isEmpty() && to != null && spooled != null) {
            try {
                if (written > maxBytes) {
                    to.write(Bytes.utf8("\n[cut here: the run printed " + written + " bytes, these are the first "
                                    + maxBytes + "]\n")
                            .array());
                }
                to.close();
                return new Printed.Whole.InFile(spooled);
            } catch (IOException e) {
                trouble = "the worker's disk took no more of it: " + e.getMessage();
            }
        }
        return new Printed.Whole.Missing(trouble.isEmpty() ? "the worker has not spooled it" : trouble);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (out != null) {
                out.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn("spooled output not removed file={} cause=\"{}\"", file, e.toString());
        } finally {
            lock.unlock();
        }
    }
}

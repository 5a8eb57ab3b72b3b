package io.muster.objects;

import io.muster.encoding.Bytes;
import io.muster.references.ObjectId;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects on this node's disk. Any number of threads may ask.
///
/// What it holds is whole, is what its name says, and is synced with its name; what it reads was checked. It knows
/// nothing of the log: what may go is decided by [ObjectKeeper], and an object that is pinned does not go.
public final class ObjectStore implements AutoCloseable {
    /// One chunk of an upload; it is held in memory once.
    public static final int MAX_CHUNK_BYTES = 4 << 20;

    /// One answer to a read; several pieces.
    public static final int MAX_READ_BYTES = 4 << 20;

    /// Uploads and fetches under way at once; each keeps a file open.
    public static final int MAX_INCOMING = 64;

    private static final Logger log = LoggerFactory.getLogger(ObjectStore.class);

    private final ObjectFolder folder;
    private final ObjectTimes times;
    private final LongSupplier nanos;
    private final long openedNanos;
    private final ConcurrentSkipListMap<String, Held> held = new ConcurrentSkipListMap<>();
    private final Map<String, ArrivingObject> incoming = new ConcurrentHashMap<>();

    /// Guards what becomes of [#held] and its pins together: an object is never removed while somebody is told that it
    /// is here.
    private final ReentrantLock pins = new ReentrantLock();

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong damaged = new AtomicLong();

    /// An object that is here.
    ///
    /// @param pinnedNanos when somebody was last told so
    private record Held(ObjectId id, PieceSums sums, long pinnedNanos) {}

    private ObjectStore(ObjectFolder folder, ObjectTimes times, LongSupplier nanos) {
        this.folder = folder;
        this.times = times;
        this.nanos = nanos;
        this.openedNanos = nanos.getAsLong();
    }

    /// Opens the objects in `folder`, which need not exist, and removes what a crash left half done.
    ///
    /// @param nanos a monotonic clock
    public static ObjectStore open(Path folder, ObjectTimes times, LongSupplier nanos) throws IOException {
        var store = new ObjectStore(new ObjectFolder(folder), times, nanos);
        // Whom this node told of them before its start is forgotten, so each counts as told of now.
        store.folder.open().forEach((id, sums) -> store.add(new Held(id, sums, store.openedNanos)));
        return store;
    }

    private void add(Held object) {
        Held before = held.put(object.id().digest(), object);
        bytes.addAndGet(object.id().bytes() - (before == null ? 0 : before.id().bytes()));
    }

    /// What is held under `digest`, if anything is.
    public Optional<ObjectId> find(String digest) {
        return Optional.ofNullable(held.get(digest)).map(Held::id);
    }

    /// Whether the object is here. If so it stays for at least [ObjectTimes#pin] from now on.
    public boolean pin(ObjectId id) {
        pins.lock();
        try {
            Held object = held.get(id.digest());
            if (object == null || !object.id().equals(id)) {
                return false;
            }
            held.put(id.digest(), new Held(id, object.sums(), nanos.getAsLong()));
            return true;
        } finally {
            pins.unlock();
        }
    }

    /// Everything that is held, by digest.
    public List<ObjectId> all() {
        return held.values().stream().map(Held::id).toList();
    }

    /// The bytes of everything that is held.
    public long bytes() {
        return bytes.get();
    }

    /// How many objects are held.
    public int count() {
        return held.size();
    }

    /// How many objects are on their way here.
    public int incoming() {
        return incoming.size();
    }

    /// How many damaged copies were found since the start.
    public long damaged() {
        return damaged.get();
    }

    /// How much of an upload has come; all of it where the object is here, which pins it.
    public long received(ObjectId id) {
        if (pin(id)) {
            return id.bytes();
        }
        ArrivingObject upload = incoming.get(id.digest());
        if (upload == null) {
            return 0;
        }
        upload.lock.lock();
        try {
            return upload.isOver ? 0 : upload.received();
        } finally {
            upload.lock.unlock();
        }
    }

    /// Takes the chunk of an object that begins at `offset`. Several may send the same object at once: each is told
    /// where it goes on.
    public ReceiveResult receive(ObjectId id, long offset, byte[] chunk) {
        if (pin(id)) {
            return new ReceiveResult.Complete();
        }
        if (chunk.length > MAX_CHUNK_BYTES) {
            return new ReceiveResult.Refused("a chunk of " + chunk.length + " bytes is over " + MAX_CHUNK_BYTES);
        }
        try {
            ArrivingObject upload = incoming(id);
            if (upload == null) {
                return new ReceiveResult.TooMany(MAX_INCOMING);
            }
            upload.lock.lock();
            try {
                return upload.isOver ? again(id) : receive(upload, id, offset, chunk);
            } finally {
                upload.lock.unlock();
            }
        } catch (IOException e) {
            return new ReceiveResult.NoRoom(String.valueOf(e.getMessage()));
        }
    }

    private ReceiveResult again(ObjectId id) {
        return pin(id) ? new ReceiveResult.Complete() : new ReceiveResult.Misplaced(0);
    }

    private @Nullable ArrivingObject incoming(ObjectId id) throws IOException {
        ArrivingObject known = incoming.get(id.digest());
        if (known != null) {
            return known;
        }
        pins.lock();
        try {
            known = incoming.get(id.digest());
            if (known != null) {
                return known;
            }
            if (incoming.size() >= MAX_INCOMING) {
                return null;
            }
            var begun = new ArrivingObject(id, folder.create(id.digest()), nanos.getAsLong());
            incoming.put(id.digest(), begun);
            return begun;
        } finally {
            pins.unlock();
        }
    }

    private ReceiveResult receive(ArrivingObject upload, ObjectId id, long offset, byte[] chunk) {
        if (!upload.id().equals(id)) {
            return new ReceiveResult.Refused(
                    "it is on its way here with " + upload.id().bytes() + " bytes and not with " + id.bytes());
        }
        if (offset != upload.received()) {
            return new ReceiveResult.Misplaced(upload.received());
        }
        if (chunk.length > id.bytes() - offset) {
            return new ReceiveResult.Refused("the chunk ends behind the object");
        }
        try {
            upload.append(chunk);
            upload.touchedNanos = nanos.getAsLong();
            return upload.isWhole() ? end(upload) : new ReceiveResult.Continue(upload.received());
        } catch (IOException e) {
            drop(upload);
            return new ReceiveResult.NoRoom(String.valueOf(e.getMessage()));
        }
    }

    /// Checks and keeps what has come whole.
    private ReceiveResult end(ArrivingObject upload) throws IOException {
        ObjectId id = upload.id();
        String found = upload.found();
        if (!found.equals(id.digest())) {
            drop(upload);
            return new ReceiveResult.Refused("its bytes have the digest " + found + " and not " + id.digest());
        }
        var sums = upload.keepIn(folder);
        pins.lock();
        try {
            add(new Held(id, sums, nanos.getAsLong()));
            incoming.remove(id.digest());
        } finally {
            pins.unlock();
        }
        upload.close();
        return new ReceiveResult.Complete();
    }

    private void drop(ArrivingObject upload) {
        upload.close();
        folder.discard(upload.id().digest());
        incoming.remove(upload.id().digest(), upload);
    }

    /// Gives up the uploads that have brought nothing for [ObjectTimes#idle].
    public void dropIdle() {
        for (ArrivingObject upload : incoming.values()) {
            if (!isOver(upload.touchedNanos, times.idle()) || !upload.lock.tryLock()) {
                continue;
            }
            try {
                if (!upload.isOver) {
                    log.info(
                            "upload given up digest={} received={}", upload.id().digest(), upload.received());
                    drop(upload);
                }
            } finally {
                upload.lock.unlock();
            }
        }
    }

    /// Reads at most `length` bytes from `offset` on, and no more than [#MAX_READ_BYTES]; fewer only at the end.
    public ReadResult read(String digest, long offset, int length) {
        Held object = held.get(digest);
        if (object == null) {
            return new ReadResult.Absent();
        }
        long end = Math.min(object.id().bytes(), offset + Math.min(length, MAX_READ_BYTES));
        if (offset >= end) {
            return new ReadResult.Read(Bytes.EMPTY);
        }
        try (var file = FileChannel.open(folder.file(digest), StandardOpenOption.READ)) {
            return new ReadResult.Read(Bytes.wrap(checked(file, object, offset, (int) (end - offset))));
        } catch (ClosedByInterruptException e) {
            return new ReadResult.Unread("the reader was interrupted");
        } catch (NoSuchFileException e) {
            return gone(object, "its file is gone");
        } catch (FileSystemException e) {
            // Its file was not opened, for want of file handles perhaps: that damages no object.
            return new ReadResult.Unread(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return gone(object, String.valueOf(e.getMessage()));
        }
    }

    private ReadResult gone(Held object, String reason) {
        return find(object.id().digest()).isEmpty() ? new ReadResult.Absent() : damaged(object, reason);
    }

    private static byte[] checked(FileChannel file, Held object, long offset, int length) throws IOException {
        var answer = new byte[length];
        int done = 0;
        while (done < length) {
            long at = offset + done;
            int number = (int) (at / PieceSums.PIECE_BYTES);
            byte[] piece = piece(file, object, number);
            int from = (int) (at % PieceSums.PIECE_BYTES);
            int more = Math.min(piece.length - from, length - done);
            System.arraycopy(piece, from, answer, done, more);
            done += more;
        }
        return answer;
    }

    private static byte[] piece(FileChannel file, Held object, int number) throws IOException {
        long from = (long) number * PieceSums.PIECE_BYTES;
        var piece = new byte[(int) Math.min(PieceSums.PIECE_BYTES, object.id().bytes() - from)];
        var buffer = ByteBuffer.wrap(piece);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file ends in piece " + number);
            }
        }
        if (!object.sums().matches(number, piece)) {
            throw new IOException("piece " + number + " does not match its sum");
        }
        return piece;
    }

    private ReadResult damaged(Held object, String reason) {
        pins.lock();
        try {
            // Of two that find the same damage the second must not take the copy that was fetched meanwhile.
            Held now = held.get(object.id().digest());
            if (now != null && now.sums() == object.sums()) {
                forget(object.id());
                damaged.incrementAndGet();
                folder.quarantine(object.id().digest(), reason);
            }
        } catch (IOException e) {
            log.error(
                    "damaged object not set aside digest={} cause=\"{}\"",
                    object.id().digest(),
                    e.toString());
        } finally {
            pins.unlock();
        }
        return new ReadResult.Damaged(reason);
    }

    private void forget(ObjectId id) {
        held.remove(id.digest());
        bytes.addAndGet(-id.bytes());
    }

    /// The objects of which nobody was told for [ObjectTimes#pin].
    List<ObjectId> unpinned() {
        return held.values().stream()
                .filter(object -> isOver(object.pinnedNanos(), times.pin()))
                .map(Held::id)
                .toList();
    }

    /// Removes an object, unless somebody was told since that it is here.
    boolean removeUnpinned(ObjectId id) throws IOException {
        pins.lock();
        try {
            Held object = held.get(id.digest());
            if (object == null || !isOver(object.pinnedNanos(), times.pin())) {
                return false;
            }
            forget(id);
            folder.delete(id.digest());
            return true;
        } finally {
            pins.unlock();
        }
    }

    private boolean isOver(long sinceNanos, Duration patience) {
        return nanos.getAsLong() - sinceNanos >= patience.toNanos();
    }

    /// Gives up what is on its way. Safe to call twice.
    @Override
    public void close() {
        incoming.values().forEach(upload -> {
            upload.lock.lock();
            try {
                drop(upload);
            } finally {
                upload.lock.unlock();
            }
        });
    }
}

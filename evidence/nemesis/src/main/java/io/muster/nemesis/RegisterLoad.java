package io.muster.nemesis;

import io.muster.client.BrokenException;
import io.muster.client.MusterClient;
import io.muster.client.RefusedException;
import io.muster.client.UnavailableException;
import io.muster.client.UnknownOutcomeException;
import io.muster.client.ValueDocument;
import io.muster.encoding.Bytes;
import io.muster.simulation.Linearizability;
import io.muster.simulation.Operation;
import io.muster.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Clients that write and read a few keys, each at a node of its own, and remember what they saw and when. A key is
/// used for some seconds only, so that the history of each stays short enough to be searched.
final class RegisterLoad {
    private static final int READERS = 6;
    private static final int WRITERS = 3;
    private static final int KEYS_AT_ONCE = 2;
    private static final long KEY_LIFE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NemesisCluster cluster;
    private final long seed;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final Map<String, ConcurrentLinkedQueue<Operation>> histories = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    RegisterLoad(NemesisCluster cluster, long seed) {
        this.cluster = cluster;
        this.seed = seed;
    }

    void start() {
        for (int i = 0; i < READERS + WRITERS; i++) {
            boolean isWriter = i < WRITERS;
            var client = cluster.clientOf(1 + i % NemesisCluster.NODES);
            var chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + i);
            threads.add(Thread.ofVirtual().name("register-" + i).start(() -> run(isWriter, client, chance)));
        }
    }

    private void run(boolean isWriter, MusterClient client, RandomGenerator chance) {
        try {
            while (!isOver.get()) {
                String key = "key-" + System.nanoTime() / KEY_LIFE_NANOS + "-" + chance.nextInt(KEYS_AT_ONCE);
                if (isWriter) {
                    write(client, key);
                } else {
                    read(client, key);
                }
                TimeUnit.MILLISECONDS.sleep(chance.nextInt(5, 40));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(MusterClient client, String key) throws InterruptedException {
        String value = "\"w" + written.incrementAndGet() + "\"";
        long called = System.nanoTime();
        try {
            client.write("/api/command", Json.write(Map.of("command", command(key, value))));
            acknowledged.incrementAndGet();
            note(key, Operation.write(value, called, System.nanoTime()));
        } catch (UnavailableException | RefusedException e) {
            // It was not done, and never will be.
        } catch (UnknownOutcomeException | BrokenException e) {
            unknown.incrementAndGet();
            note(key, Operation.write(value, called, Operation.OPEN));
        }
    }

    private static Map<String, Object> command(String key, String value) {
        return Map.of("operation", "SET", "key", key, "value", Bytes.utf8(value));
    }

    private void read(MusterClient client, String key) throws InterruptedException {
        long called = System.nanoTime();
        try {
            Optional<ValueDocument> found = client.value(key);
            seen.incrementAndGet();
            String value = found.map(document -> document.value().text()).orElse("");
            note(key, Operation.read(value, called, System.nanoTime()));
        } catch (UnavailableException | RefusedException | UnknownOutcomeException | BrokenException e) {
            // Who reads nothing has seen nothing.
        }
    }

    private void note(String key, Operation operation) {
        histories.computeIfAbsent(key, _ -> new ConcurrentLinkedQueue<>()).add(operation);
    }

    void finish() throws InterruptedException {
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// How much has been acknowledged so far.
    long acknowledged() {
        return acknowledged.get();
    }

    /// What was seen of any key and has no order; nothing where all is well.
    Optional<String> violation() {
        return histories.entrySet().stream()
                .flatMap(each -> Linearizability.explainViolation(List.copyOf(each.getValue())).stream()
                        .map(why -> each.getKey() + ": " + why))
                .findFirst();
    }

    @Override
    public String toString() {
        return acknowledged + " writes acknowledged, " + unknown + " unknown, " + seen + " reads, over "
                + histories.size() + " keys";
    }
}

package io.muster.nemesis;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Three real nodes under load, and one trouble after the other for a given time: processes die and freeze, the network
/// is cut in every way, disks fill and refuse, clocks jump. What clients saw must have an order, no job that was
/// accepted may be lost or counted twice, and after each trouble the cluster must be whole again.
///
/// Started by `scripts/nemesis`, as root, in a network namespace of its own.
public final class Nemesis {
    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    /// A run in which less was acknowledged showed nothing.
    private static final long LEAST_A_MINUTE = 200;

    private final NemesisCluster cluster;
    private final PrintStream out;
    private final Random chance;
    private final Map<Trouble, Integer> struck = new EnumMap<>(Trouble.class);

    private Nemesis(NemesisCluster cluster, Random chance, PrintStream out) {
        this.cluster = cluster;
        this.chance = chance;
        this.out = out;
    }

    /// `SECONDS SEED FOLDER LAUNCHER`. Ends with 0 where every promise was kept, with 1 otherwise.
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 4) {
            System.err.println("nemesis: use scripts/nemesis [SECONDS [SEED]]");
            System.exit(2);
        }
        long seconds = Long.parseLong(args[0]);
        long seed = Long.parseLong(args[1]);
        Path folder = Path.of(args[2]);
        Optional<Path> faketime = FAKETIME.stream().filter(Files::exists).findFirst();
        System.out.println("nemesis: " + seconds + " s, seed " + seed + ", three nodes with mutual TLS in "
                + "namespaces of their own, logs in " + folder);
        boolean isWell;
        try (var cluster = new NemesisCluster(folder, Path.of(args[3]), faketime)) {
            isWell = new Nemesis(cluster, new Random(seed), System.out).run(seconds, seed, faketime.isPresent());
        } catch (NemesisCluster.NoProgress e) {
            System.out.println("FAILED: " + e.getMessage());
            isWell = false;
        }
        System.exit(isWell ? 0 : 1);
    }

    private boolean run(long seconds, long seed, boolean hasFaketime) throws IOException, InterruptedException {
        var registers = new RegisterLoad(cluster, seed);
        var jobs = new JobLoad(cluster);
        registers.start();
        jobs.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Trouble> waiting = new ArrayList<>();
        while (System.nanoTime() - end < 0) {
            if (waiting.isEmpty()) {
                waiting.addAll(possible(hasFaketime));
                Collections.shuffle(waiting, chance);
            }
            befall(waiting.removeLast(), registers);
        }
        registers.finish();
        jobs.finish();
        return judge(registers, jobs.count(), seconds, hasFaketime);
    }

    private static List<Trouble> possible(boolean hasFaketime) {
        return Stream.of(Trouble.values())
                .filter(trouble -> hasFaketime || !trouble.needsFaketime())
                .toList();
    }

    private void befall(Trouble trouble, RegisterLoad registers) throws IOException, InterruptedException {
        long before = registers.acknowledged();
        trouble.strike(cluster, chance);
        TimeUnit.MILLISECONDS.sleep(chance.nextInt(2_000, 6_000));
        long during = registers.acknowledged() - before;
        long millis = cluster.heal();
        struck.merge(trouble, 1, Integer::sum);
        out.println(trouble.sentence() + ": " + during + " writes acknowledged meanwhile, whole again after " + millis
                + " ms");
        TimeUnit.MILLISECONDS.sleep(chance.nextInt(500, 1_500));
    }

    private boolean judge(RegisterLoad registers, JobLoad.Count jobs, long seconds, boolean hasFaketime) {
        out.println();
        out.println("troubles: "
                + struck.values().stream().mapToInt(Integer::intValue).sum() + " of " + struck.size() + " kinds"
                + (hasFaketime ? "" : "; clocks left alone: libfaketime is not installed"));
        out.println("registers: " + registers);
        out.println("jobs: accepted " + jobs.accepted() + ", lost " + jobs.lost() + ", counted twice " + jobs.twice());
        Optional<String> violation = registers.violation();
        violation.ifPresent(why -> out.println("FAILED: not linearizable: " + why));
        boolean isEnough = registers.acknowledged() * 60 >= LEAST_A_MINUTE * seconds;
        if (!isEnough) {
            out.println("FAILED: too little was acknowledged to show anything");
        }
        boolean isWell = violation.isEmpty() && isEnough && jobs.lost() == 0 && jobs.twice() == 0;
        out.println(isWell ? "nemesis: every promise was kept" : "nemesis: FAILED");
        return isWell;
    }
}

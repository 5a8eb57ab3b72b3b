package io.muster.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// `muster bench`: measures this machine's cluster, one kind of work at a time.
public final class Bench {
    private static final String USAGE = """
            muster bench writes    replicated, synced writes: --in-flight 1,64,1024 --seconds 10 --prove-syncs
            muster bench jobs      bulk submit, drain and pickup over HTTP on three nodes: --jobs 100000
            muster bench failover  kills under load, everything read back: --kills 20; or hand-overs: --planned 20
            muster bench snapshot  freeze, write and read back of a state, apply meanwhile: --jobs 1000000
            muster bench objects   up- and download of a large object, beside a copy: --mebibytes 1024
            muster bench soak      full load and a kill a minute, memory, threads, files, log: --minutes 30
            muster bench jmh       comparisons, matches, an SBOM, by JMH: [regex of names] [JMH's options]
            Compare rows of one run only: usage move with the machine.""";

    private Bench() {}

    /// @param arguments the kind of work, then its own options
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        String[] options = rest.toArray(String[]::new);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "writes" -> WritesBench.main(options);
            case "jobs" -> JobsBench.run(numberAfter("--jobs", 100_000, options), System.out);
            case "failover" -> {
                boolean isPlanned = options.length > 0 && options[0].equals("--planned");
                boolean isWell = isPlanned
                        ? HandoverBench.run(numberAfter("--planned", 20, options), System.out)
                        : FailoverBench.run(numberAfter("--kills", 20, options), System.out);
                if (!isWell) {
                    System.exit(1);
                }
            }
            case "soak" -> {
                if (!SoakBench.run(numberAfter("--minutes", 30, options), System.out)) {
                    System.exit(1);
                }
            }
            case "snapshot" -> SnapshotBench.run(numberAfter("--jobs", 1_000_000, options), System.out);
            case "objects" -> ObjectsBench.run(numberAfter("--mebibytes", 1_024, options), System.out);
            case "jmh" -> org.openjdk.jmh.Main.main(options);
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
        System.exit(0);
    }

    private static int numberAfter(String name, int fallback, String[] options) {
        if (options.length == 0) {
            return fallback;
        }
        if (options.length == 2 && options[0].equals(name) && options[1].matches("[1-9][0-9]{0,6}")) {
            return Integer.parseInt(options[1]);
        }
        System.err.println("muster bench: cannot read " + String.join(" ", options) + "; write " + name + " N");
        System.exit(2);
        return fallback;
    }
}

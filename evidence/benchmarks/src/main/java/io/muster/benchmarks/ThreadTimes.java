package io.muster.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// How much processor time each thread of this process has used, to see where the time of a load goes.
final class ThreadTimes {
    private static final int SHOWN = 5;

    private final Map<String, Long> nanosByName;
    private final long processNanos;

    private ThreadTimes(Map<String, Long> nanosByName, long processNanos) {
        this.nanosByName = nanosByName;
        this.processNanos = processNanos;
    }

    static ThreadTimes now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        var times = new TreeMap<String, Long>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null) {
                times.merge(info.getThreadName(), Math.max(0, threads.getThreadCpuTime(id)), Long::sum);
            }
        }
        long process =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getProcessCpuTime()
                        : 0;
        return new ThreadTimes(times, process);
    }

    /// The shares of one processor that the busiest threads used since `before`, as text; what is left belongs to the
    /// collector and the compiler.
    String since(ThreadTimes before, long elapsedNanos) {
        var used = new TreeMap<String, Long>();
        nanosByName.forEach((name, nanos) -> used.put(name, nanos - before.nanosByName.getOrDefault(name, 0L)));
        long ofThreads = used.values().stream().mapToLong(Long::longValue).sum();
        var lines = new ArrayList<String>();
        used.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .filter(entry -> entry.getValue() * 200 > elapsedNanos)
                .forEach(entry -> lines.add(entry.getKey() + " " + percent(entry.getValue(), elapsedNanos)));
        lines.add("collector and compiler " + percent(processNanos - before.processNanos - ofThreads, elapsedNanos));
        return String.join(", ", lines);
    }

    /// The processor time that the whole process used since `before`.
    long processNanosSince(ThreadTimes before) {
        return processNanos - before.processNanos;
    }

    private static String percent(long nanos, long elapsedNanos) {
        return Math.round(100.0 * nanos / elapsedNanos) + " %";
    }
}

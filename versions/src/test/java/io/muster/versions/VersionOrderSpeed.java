package io.muster.versions;

import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.IntSupplier;

/// Prints comparisons and readings a second for each order, by the thread's own processor time, so that a busy machine
/// gives the same figures as an idle one. Not a test: run its main after `mvn test-compile -pl versions`, with
/// `java -cp versions/target/classes:versions/target/test-classes io.muster.versions.VersionOrderSpeed`.
final class VersionOrderSpeed {

    private static final int VERSIONS = 1_000;
    private static final int STRIDE = 37;
    private static final long NANOS_A_MEASUREMENT = 300_000_000L;
    private static final int WARM_UPS = 3;

    private VersionOrderSpeed() {}

    @SuppressWarnings("SystemOut") // a command of its own
    public static void main(String[] arguments) {
        for (VersionOrder order : VersionOrder.values()) {
            var texts = new String[VERSIONS];
            var random = new Random(1);
            for (int i = 0; i < VERSIONS; i++) {
                texts[i] = text(order, random);
            }
            var parsed = new ParsedVersion[VERSIONS];
            double readings = perSecond(() -> read(order, texts, parsed));
            double comparisons = perSecond(() -> compare(parsed));
            System.out.printf(
                    "%-10s %6.1f million comparisons/s %6.2f million readings/s%n",
                    order, comparisons / 1e6, readings / 1e6);
        }
    }

    private static int read(VersionOrder order, String[] texts, ParsedVersion[] parsed) {
        for (int i = 0; i < VERSIONS; i++) {
            parsed[i] = order.parse(texts[i]);
        }
        return parsed[VERSIONS - 1].text().length();
    }

    private static int compare(ParsedVersion[] parsed) {
        int sum = 0;
        for (int i = 0; i < VERSIONS; i++) {
            sum += parsed[i].compareTo(parsed[i * STRIDE % VERSIONS]);
        }
        return sum;
    }

    /// @param round does [#VERSIONS] operations and answers something that keeps them from being optimised away
    private static double perSecond(IntSupplier round) {
        double best = 0;
        int sink = 0;
        for (int i = 0; i <= WARM_UPS; i++) {
            long start = cpuNanos();
            long operations = 0;
            while (cpuNanos() - start < NANOS_A_MEASUREMENT) {
                sink += round.getAsInt();
                operations += VERSIONS;
            }
            best = Math.max(best, operations * 1e9 / (cpuNanos() - start));
        }
        return sink == Integer.MIN_VALUE ? 0 : best;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String text(VersionOrder order, Random random) {
        String numbers = random.nextInt(5) + "." + random.nextInt(20) + "." + random.nextInt(20);
        boolean isPlain = random.nextInt(3) > 0;
        int last = random.nextInt(9);
        return switch (order) {
            case CRAN, HACKAGE -> numbers;
            case ALPINE -> numbers + (isPlain ? "" : "_rc" + last) + "-r" + random.nextInt(9);
            case DEBIAN -> numbers + (isPlain ? "" : "~rc1") + "-" + last + "+deb12u" + random.nextInt(4);
            case MAVEN -> numbers + (isPlain ? ".Final" : "-RC" + last);
            case NUGET, PUB, SEMANTIC -> numbers + (isPlain ? "" : "-beta." + last);
            case PACKAGIST -> numbers + (isPlain ? "" : "-RC" + last);
            case PYPI -> numbers + (isPlain ? "" : "rc" + last);
            case RPM -> numbers + "-" + last + ".el8_" + random.nextInt(4);
            case RUBYGEMS -> numbers + (isPlain ? "" : ".rc" + last);
        };
    }
}

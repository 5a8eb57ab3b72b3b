package io.muster.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// What a run of [WritesBench] measures.
///
/// @param inFlight how many writes are on their way at once, one row of figures for each
/// @param warmupSeconds how long each load runs before it is measured
/// @param seconds how long it is measured
/// @param bytes the size of a command's body
/// @param heap the heap of each of the three processes, as for `-Xmx`
/// @param folder where the logs go, on the disk that is to be measured
/// @param isProvingSyncs whether to count the system calls in a further, untimed pass under strace
/// @param isRecording whether each process writes a flight recording (JFR) into `folder`
public record WritesOptions(
        List<Integer> inFlight,
        int warmupSeconds,
        int seconds,
        int bytes,
        String heap,
        Path folder,
        boolean isProvingSyncs,
        boolean isRecording) {
    public WritesOptions {
        inFlight = List.copyOf(inFlight);
        if (inFlight.stream().anyMatch(count -> count < 1 || count > 10_000)) {
            throw new IllegalArgumentException("--in-flight " + inFlight + ": use numbers from 1 to 10000");
        }
        if (seconds < 1 || warmupSeconds < 0 || bytes < 1 || bytes > 1 << 20) {
            throw new IllegalArgumentException("--seconds from 1, --warmup from 0, --bytes from 1 to 1048576");
        }
    }

    /// Reads the command line: `--in-flight 1,64,1024 --warmup 5 --seconds 10 --bytes 256 --heap 512m --folder DIR
    /// --prove-syncs --record`, all optional but the folder, which has a default of its own.
    public static WritesOptions parse(List<String> arguments, Path defaultFolder) {
        List<Integer> inFlight = List.of(1, 64, 1024);
        int warmup = 5;
        int seconds = 10;
        int bytes = 256;
        String heap = "512m";
        Path folder = defaultFolder;
        boolean isProvingSyncs = false;
        boolean isRecording = false;
        Iterator<String> rest = new ArrayList<>(arguments).iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            switch (name) {
                case "--in-flight" ->
                    inFlight = Arrays.stream(value(name, rest).split(",", -1))
                            .map(Integer::valueOf)
                            .toList();
                case "--warmup" -> warmup = Integer.parseInt(value(name, rest));
                case "--seconds" -> seconds = Integer.parseInt(value(name, rest));
                case "--bytes" -> bytes = Integer.parseInt(value(name, rest));
                case "--heap" -> heap = value(name, rest);
                case "--folder" -> folder = Path.of(value(name, rest));
                case "--prove-syncs" -> isProvingSyncs = true;
                case "--record" -> isRecording = true;
                default ->
                    throw new IllegalArgumentException("'" + name + "' is not known: use --in-flight, --warmup, "
                            + "--seconds, --bytes, --heap, --folder, --prove-syncs or --record");
            }
        }
        return new WritesOptions(inFlight, warmup, seconds, bytes, heap, folder, isProvingSyncs, isRecording);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return rest.next();
    }
}

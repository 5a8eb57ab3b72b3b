package io.muster.log;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports on loopback for a test's servers, all different within one process.
///
/// They lie below the range from which systems give ports to outgoing connections, because a port that was asked for
/// with 0 and let go may be somebody's connection by the time it is bound again.
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int COUNT = 16_000;

    private static final AtomicInteger next =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 61 % COUNT));

    private FreePorts() {}

    /// The next free port.
    public static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free");
    }

    /// The next `count` free ports.
    public static List<Integer> next(int count) {
        var ports = new ArrayList<Integer>();
        while (ports.size() < count) {
            ports.add(next());
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

package io.muster.values;

import io.muster.encoding.Bytes;
import java.util.ArrayDeque;
import java.util.List;

/// The last SET, DELETE and other commands, for people to look at; the older ones give way.
final class Recent {
    private final ArrayDeque<RecentCommand> commands = new ArrayDeque<>();
    private long bytes;

    void add(RecentCommand command) {
        commands.addLast(command);
        bytes += size(command);
        while (commands.size() > ValueLimits.MAX_RECENT || bytes > ValueLimits.MAX_RECENT_BYTES) {
            bytes -= size(commands.removeFirst());
        }
    }

    /// Oldest first.
    List<RecentCommand> all() {
        return List.copyOf(commands);
    }

    private static long size(RecentCommand command) {
        return switch (command.command()) {
            case ValueCommand.Set(var key, var value) -> Bytes.utf8(key).size() + value.size();
            case ValueCommand.Delete(var key) -> Bytes.utf8(key).size();
            case ValueCommand.Other(var other) -> other.size();
        };
    }
}

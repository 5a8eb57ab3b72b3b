package io.muster.client;

import java.time.Duration;
import java.util.List;

/// Where a client finds its cluster, and how patient it is.
///
/// @param addresses base addresses of servers, such as `http://10.0.0.1:8080`; any of them answers for all
/// @param patience how long one call may take with all its tries; longer than a leader's loss, which takes well below a
///     second
public record ClientConfig(List<String> addresses, Duration patience) {
    public ClientConfig {
        addresses = addresses.stream()
                .map(address -> address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
                .toList();
        if (addresses.isEmpty() || patience.isNegative()) {
            throw new IllegalArgumentException("a client needs at least one server's address and some patience, not "
                    + addresses + " and " + patience);
        }
    }
}

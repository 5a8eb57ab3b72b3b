package io.muster.jobs;

import io.muster.log.NodeId;
import java.util.List;

/// A worker as it stood at one moment.
///
/// @param id its name
/// @param incarnation which process of that name
/// @param capacity what it offers
/// @param state its state
/// @param sinceMicros log time since when it is in that state
/// @param reason why it is in that state, or why it is given fewer jobs than it offers to take; `""`
/// where nothing is to say
/// @param slots how many jobs it is given at once at most: what it offers, or fewer after it lost runs
/// @param claims what it holds, oldest first
public record WorkerView(
        NodeId id,
        long incarnation,
        Capacity capacity,
        WorkerState state,
        long sinceMicros,
        String reason,
        int slots,
        List<JobId> claims) {
    public WorkerView {
        claims = List.copyOf(claims);
    }
}

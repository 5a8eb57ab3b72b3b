package io.muster.jobs;

import io.muster.cluster.NodeId;
import java.util.List;

/// A worker as it stood at one moment.
///
/// @param id its name
/// @param incarnation which process of that name
/// @param offer what it offers
/// @param standing how it stands
/// @param sinceMicros log time since when it stands so
/// @param claims what it holds, oldest first
public record WorkerView(
        NodeId id, long incarnation, Offer offer, WorkerStanding standing, long sinceMicros, List<JobId> claims) {
    public WorkerView {
        claims = List.copyOf(claims);
    }
}

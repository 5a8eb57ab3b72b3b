package io.muster.client;

import org.jspecify.annotations.Nullable;

/// One member of the cluster, as its leader sees it.
///
/// @param node its name
/// @param role `voter`, `coming`, `leaving` or `learner`; a coming voter counts in the configuration that is being
///     entered, a leaving one in the one that is left
/// @param identity which data folder it is, beyond its name; absent where only its name is known
/// @param nodeAddress where other nodes reach it, as `host:port`; absent where nobody has said so
/// @param apiAddress where its API answers, such as `http://10.0.0.1:8080`; likewise
/// @param leads whether it is the leader
/// @param connected whether the leader hears it
/// @param match the last entry that it is known to have stored
/// @param missing how many entries it is behind the leader
/// @param featureLevel what its software supports; 0 until it said so
public record MemberDocument(
        String node,
        String role,
        @Nullable String identity,
        @Nullable String nodeAddress,
        @Nullable String apiAddress,
        boolean leads,
        boolean connected,
        long match,
        long missing,
        int featureLevel) {}

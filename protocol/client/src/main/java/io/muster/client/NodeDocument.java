package io.muster.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One node of the cluster, as another or it itself sees it.
///
/// @param role `leader`, `follower`, `candidate`, or `unknown` for a node that does not answer
/// @param commit up to where the node knows the log to be committed
/// @param applied up to where it has applied the log
/// @param lastIndex where its log ends
/// @param apiAddress where its API answers, such as `http://10.0.0.1:8080`
/// @param connected whether the node that answers hears this one
/// @param featureLevel what the node's software supports
/// @param skewMillis how far the node's clock is ahead of the answering node's; absent when it was not measured
/// @param details what only the node's engine has to say of it, by name, to be shown as it is; absent where it does not
///     answer
public record NodeDocument(
        String node,
        String role,
        long term,
        long commit,
        long applied,
        long lastIndex,
        @Nullable String apiAddress,
        boolean connected,
        int featureLevel,
        @Nullable Long skewMillis,
        @Nullable Map<String, String> details) {}

package io.muster.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry of the replicated log as a node has applied it.
///
/// @param index its place in the log, the same on every node
/// @param term the term in which a leader appended it
/// @param at its log time
/// @param kind what it is, such as `values.set`, `jobs.submit` or `term.start`
/// @param principal who asked for it; absent where the cluster itself did
/// @param summary what it asks for, in a line without payloads and secrets; absent where the kind says it all
/// @param bytes how large the command is
public record LogEntryDocument(
        long index,
        long term,
        Instant at,
        String kind,
        @Nullable String principal,
        @Nullable String summary,
        int bytes) {}

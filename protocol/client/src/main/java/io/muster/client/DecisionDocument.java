package io.muster.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody decided, as the record of decisions keeps it.
///
/// @param number counts the decisions of this cluster from 1
/// @param index the log entry that made it
/// @param at its log time
/// @param principal who
/// @param action what, such as `jobs.cancel`
/// @param target on what, where there is something in particular
/// @param authorization `allowed` or `denied`
/// @param note why, where that was said
/// @param hash SHA-256 in hexadecimal over the hash of the decision before and all of this one
public record DecisionDocument(
        long number,
        long index,
        Instant at,
        String principal,
        String action,
        @Nullable String target,
        String authorization,
        @Nullable String note,
        String hash) {}

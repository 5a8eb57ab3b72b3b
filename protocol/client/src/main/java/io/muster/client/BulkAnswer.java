package io.muster.client;

import org.jspecify.annotations.Nullable;

/// What one slice of a bulk act came to.
///
/// @param dryRun nothing was changed
/// @param matched how many jobs of this slice the filter found
/// @param changed how many of those were changed
/// @param skipped how many were left as they were: their unique key is taken meanwhile, or there was no room
/// @param next the cursor of the next slice; absent when all was looked at
public record BulkAnswer(
        boolean dryRun,
        long matched,
        long changed,
        long skipped,
        @Nullable String next) {}

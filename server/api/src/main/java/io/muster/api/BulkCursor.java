package io.muster.api;

import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import io.muster.http.RequestRefused;
import io.muster.jobs.JobCommand;
import io.muster.jobs.JobId;

/// Where the next slice of an act in bulk begins.
///
/// @param scope which of the states that were asked for, counted from 0
/// @param after behind which job
/// @param before up to which job, that one not included: what is submitted later is not meant
record BulkCursor(int scope, JobId after, JobId before) {
    static final BulkCursor START = new BulkCursor(0, JobCommand.Bulk.FROM_FIRST, JobCommand.Bulk.TO_LAST);

    /// The text form of the first slice of another state.
    static String atScope(int scope, JobId before) {
        return new BulkCursor(scope, JobCommand.Bulk.FROM_FIRST, before).toString();
    }

    /// Reads the text form back, or refuses the request.
    static BulkCursor parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length == 3) {
            try {
                return new BulkCursor(
                        Integer.parseUnsignedInt(parts[0]),
                        new JobId(Long.parseLong(parts[1], 16)),
                        new JobId(Long.parseLong(parts[2], 16)));
            } catch (IllegalArgumentException e) {
                throw malformed(text);
            }
        }
        throw malformed(text);
    }

    private static RequestRefused malformed(String text) {
        return Refusal.of(ProblemType.MALFORMED_REQUEST, "cursor: '" + text + "' is no cursor of this path")
                .refused();
    }

    @Override
    public String toString() {
        return scope + "." + Long.toHexString(after.value()) + "." + Long.toHexString(before.value());
    }
}

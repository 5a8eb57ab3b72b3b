package io.muster.api;

import io.javalin.http.Context;
import io.muster.http.ProblemType;
import io.muster.http.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of something that a request asks for (RFC 9110 §14.1.2): one range of bytes, or all of it.
///
/// @param from its first byte
/// @param length how many
/// @param total how many there are
/// @param isPart whether a range was asked for
record ByteRange(long from, long length, long total, boolean isPart) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// What a request asks of `total` bytes. A header that is no single range of bytes is passed over, as the RFC
    /// allows.
    static ByteRange of(Context ctx, long total) {
        String header = ctx.header("Range");
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return new ByteRange(0, total, total, false);
        }
        long from;
        long last = total - 1;
        if (range.group(1).isEmpty()) {
            from = Math.max(0, total - Long.parseLong(range.group(2)));
        } else {
            from = Long.parseLong(range.group(1));
            last = range.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(range.group(2)));
        }
        if (from > last) {
            ctx.header("Content-Range", "bytes */" + total);
            throw Refusal.of(ProblemType.RANGE_NOT_THERE, "there are " + total + " bytes, none from " + from + " on")
                    .refused();
        }
        return new ByteRange(from, last - from + 1, total, true);
    }

    /// Says in the head of the answer which part it is.
    void announce(Context ctx) {
        ctx.header("Accept-Ranges", "bytes");
        if (isPart) {
            ctx.status(206).header("Content-Range", "bytes " + from + "-" + (from + length - 1) + "/" + total);
        }
    }
}

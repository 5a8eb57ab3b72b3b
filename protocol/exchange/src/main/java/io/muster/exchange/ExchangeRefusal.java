package io.muster.exchange;

import org.jspecify.annotations.Nullable;

/// Nothing was read or written: ask again, perhaps elsewhere.
///
/// @param why in one sentence
/// @param retryAfterMillis how long to leave this server alone
/// @param leader whom to ask instead, if this server knows
public record ExchangeRefusal(
        long sequence,
        String why,
        int retryAfterMillis,
        @Nullable LeaderHint leader) implements ExchangeAnswer {}

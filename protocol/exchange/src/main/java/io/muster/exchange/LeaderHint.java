package io.muster.exchange;

/// Who leads, and the base address of its API, such as `http://10.0.0.1:8080`.
public record LeaderHint(String node, String apiAddress) {}

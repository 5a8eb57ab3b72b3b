package io.muster.jobs;

/// How one attempt of one job ended, as its worker reports it until that is acknowledged.
public record WorkResult(JobId job, int attempt, RunEnding ending) {}

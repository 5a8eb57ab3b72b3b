package io.muster.client;

/// The certificate of a node that joins, as PEM.
public record CertifyAnswer(String certificate) {}

package io.muster.client;

/// On how many nodes' disks an object is: a majority of them.
///
/// @param digest SHA-256 of its bytes
/// @param bytes how many there are
/// @param held how many nodes are known to hold it
/// @param nodes how many there are
public record CopiesDocument(String digest, long bytes, int held, int nodes) {}

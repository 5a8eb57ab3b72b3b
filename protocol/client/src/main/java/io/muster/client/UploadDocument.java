package io.muster.client;

/// How far one node is with receiving an object.
///
/// @param digest SHA-256 of its bytes
/// @param bytes how many there are
/// @param received how many the node has: where the next chunk begins
/// @param complete whether it holds all of it, checked and synced
public record UploadDocument(String digest, long bytes, long received, boolean complete) {}

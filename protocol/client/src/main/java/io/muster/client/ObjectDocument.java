package io.muster.client;

/// An object that the log names.
///
/// @param digest SHA-256 of its bytes
/// @param bytes how many there are
/// @param owner who named it first
/// @param references how many outputs and sets of advisories name it; one that none names goes after an hour
/// @param here whether the node that answers holds it
public record ObjectDocument(String digest, long bytes, String owner, int references, boolean here) {}

package io.muster.versions;

/// One question to put to advisories about a package at hand: under which name, in which version.
///
/// A language's package is asked about as it is. A distribution's records are about source packages, of which a binary
/// one knows its own by the qualifier `upstream` (`libssl3` is built from `openssl`); its epoch may stand in a
/// qualifier too. What is not of the version, as the platform of a gem, is left out.
///
/// @param version as the ecosystem orders versions; never empty
public record Lookup(PackageName name, String version) {}

package io.muster.advisories;

/// Something that happened to a package at one version. [OSV schema, `affected[].ranges[].events`]
public sealed interface RangeEvent {

    /// The version at which it happened, as the record spells it.
    String version();

    /// The weakness is present from this version on; `0` stands before every version.
    record Introduced(String version) implements RangeEvent {}

    /// The weakness is gone from this version on.
    record Fixed(String version) implements RangeEvent {}

    /// The last version known to have the weakness; what comes after it is taken to be free of it.
    record LastAffected(String version) implements RangeEvent {}

    /// The range says nothing about this version and later ones; a limit holding `*` stands after every version.
    record Limit(String version) implements RangeEvent {}
}

/// Is this version affected? Advisories of the OSV schema, read from bytes and evaluated without any doubt left open.
///
/// ```
///  bytes ──AdvisoryReader──▶ Advisory ──MatcherEntry.of──▶ MatcherEntry ─┐
///  (JSON or YAML, read by                                                ├─Matcher──▶ Matching: findings, undecided
///   the module documents)                     package name, version ─────┘
/// ```
///
/// Start with [Advisory], the record as Muster keeps it, and [RangeEvent], the four words of which every
/// range is made. [AdvisoryReader] reads schema 1.0 to 1.7 and ignores what it does not know.
/// [MatcherEntry] is one advisory's say about one package with its versions already parsed, and holds the
/// evaluation algorithm of the schema. [Matcher] evaluates all entries of a package, joins advisories
/// that speak of the same weakness ([AliasGroups]), rates them ([Rating]) and names the smallest version
/// that mends all of them ([FixSearch]).
///
/// The module is pure: it knows neither files nor clocks. The module `catalog` finds the bytes and keeps the database.
@NullMarked
package io.muster.advisories;

import org.jspecify.annotations.NullMarked;

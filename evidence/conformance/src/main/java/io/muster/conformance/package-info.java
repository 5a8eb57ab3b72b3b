/// Runs vector sets in their published formats from any folder: the proof that Muster agrees with everybody else.
///
/// [Conformance] is the command. It walks the folders, asks each [VectorSet] whether a file is one of its own, runs it
/// and prints a line a file. Nothing of the sets is part of the project: what is run is what somebody else published.
///
/// | set | files | a case |
/// |---|---|---|
/// | [VersionVectors] | `<ecosystem>-versions*.txt` | `A < B`, `A = B` or `A > B` |
/// | [PurlVectors] | `*-test.json` of purl-spec | parse, build or validate one package URL |
/// | [QueryVectors] | `*queries.json` | the records that match one package at one version |
/// | [FindingVectors] | `*findings.json` | what a scan of a lockfile, an SBOM or a folder finds |
///
/// `docs/testing-conformance.md` describes the formats.
@NullMarked
package io.muster.conformance;

import org.jspecify.annotations.NullMarked;

/// TOML, YAML and JSON from anywhere: text in, a tree with line numbers out, within bounds.
///
/// ```
///   bytes ──SourceText──▶ text ──TomlTree, YamlTree──┐
///                                                    ├──▶ TreeNode: mappings, listings, scalars, each with its line
///   bytes ──────────────────────────────JsonTree─────┘
/// ```
///
/// Every file that the scanner reads comes from outside, so everything has a bound in [DocumentLimits], and what breaks
/// one, or the rules of its format, is a [MalformedDocumentException] with the line. TOML is read by code of ours: ADR
/// 5 has the figures of the parsers beside it.
@NullMarked
package io.muster.documents;

import org.jspecify.annotations.NullMarked;

/// Lockfiles and SBOMs: bytes in, packages and their graph out.
///
/// ```
///   file name ──Manifests.kindOf──▶ ManifestKind
///                                       │
///   bytes, SiblingFiles ──Manifests.read──▶ Reader ──▶ ManifestBuilder ──▶ Manifest: components, DependencyGraph
///                                             │                               └──▶ DependencyPaths, BlastRadius
///                        JSON · YAML · TOML ──▶ TreeNode       XML ──▶ XmlElement       lines ──▶ SourceText
/// ```
///
/// Start at [Manifests], then read one reader, for example [CargoLock]. A reader knows one format: it
/// walks a tree that keeps line numbers and tells a [ManifestBuilder] which packages there are, who needs
/// whom and what the project asks for. The builder joins what is named twice and decides what is a root
/// when the format does not say.
///
/// *Hostile input.* Everything has a bound in [ManifestLimits]; a file that breaks one, or the rules of its format, is
/// [ManifestReading.Refused] with the line, and nothing of it is used. YAML aliases, XML document types and keys given
/// twice are refused outright: no honest writer of these formats uses them. What is merely odd inside an honest
/// file is passed over with a warning.
///
/// *Purity.* Nothing here opens a file; what lies beside a manifest comes through [SiblingFiles]. The one use of
/// `java.io` is a `StringReader`, because that is the way to hand a text to the JDK's XML parser.
@NullMarked
package io.muster.manifests;

import org.jspecify.annotations.NullMarked;

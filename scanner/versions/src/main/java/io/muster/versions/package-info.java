/// What a package is called and which of two versions is newer, in every ecosystem.
///
/// Three questions, asked in this order when a dependency is checked:
///
/// 1. *What is it?* [PackageUrl] reads and writes package URLs by the purl specification;
///    [Ecosystem] and [PackageName] are the names that OSV records use for the same thing.
/// 2. *Do two spellings mean one package?* [PackageName] is always in its ecosystem's normal form,
///    so `equals` answers.
/// 3. *Which of two versions is newer?* [VersionOrder] has one total order for each ecosystem;
///    [ParsedVersion] is a version read once and compared often.
///
/// ```
///   "pkg:pypi/Django@4.2"  ──PackageUrl──▶ type, namespace, name, version
///                                │
///                           PackageName  (PyPI, "django")      Ecosystem ──▶ VersionOrder
///                                                                                │
///                                                    "4.2" ──parse──▶ ParsedVersion ──compareTo──▶ −1 · 0 · 1
/// ```
///
/// Nothing here throws on an odd version: what a tool of the ecosystem would refuse still has its place in the order.
/// Where such a tool and OSV disagree, OSV is followed; `docs/versions.md` lists the differences.
@NullMarked
package io.muster.versions;

import org.jspecify.annotations.NullMarked;

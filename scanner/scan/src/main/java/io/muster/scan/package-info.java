/// Finds the manifests in a folder and tells which of their packages an advisory affects.
///
/// [ManifestFinder] walks and reads, [Scan] asks an [io.muster.catalog.AdvisoryDatabase] about each package and makes
/// the report. It works without a cluster; the cluster's audits ask the same database through their handler.
@NullMarked
package io.muster.scan;

import org.jspecify.annotations.NullMarked;

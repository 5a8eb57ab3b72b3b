/// The advisory database on disk, and the manifests in a folder.
@NullMarked
package io.muster.catalog;

import org.jspecify.annotations.NullMarked;

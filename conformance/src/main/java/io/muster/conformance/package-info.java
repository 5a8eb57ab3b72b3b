/// Runs vector sets in their published formats from a folder.
@NullMarked
package io.muster.conformance;

import org.jspecify.annotations.NullMarked;

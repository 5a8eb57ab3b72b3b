/// Bounded, versioned binary reading and writing with checksums.
@NullMarked
package io.muster.encoding;

import org.jspecify.annotations.NullMarked;

/// OSV records and ranges: is this version affected?.
@NullMarked
package io.muster.advisories;

import org.jspecify.annotations.NullMarked;

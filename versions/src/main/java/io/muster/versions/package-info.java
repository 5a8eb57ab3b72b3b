/// What a package is called and which of two versions is newer, in every ecosystem.
@NullMarked
package io.muster.versions;

import org.jspecify.annotations.NullMarked;

/// What the leader must propose or do next.
@NullMarked
package io.muster.duties;

import org.jspecify.annotations.NullMarked;

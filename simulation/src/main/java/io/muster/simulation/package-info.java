/// Whole clusters in one thread under one seed.
@NullMarked
package io.muster.simulation;

import org.jspecify.annotations.NullMarked;

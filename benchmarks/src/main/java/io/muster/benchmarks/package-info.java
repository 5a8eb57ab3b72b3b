/// JMH, load and side-by-side runs.
@NullMarked
package io.muster.benchmarks;

import org.jspecify.annotations.NullMarked;

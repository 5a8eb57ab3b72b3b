/// Holds jobs, runs them, reports.
@NullMarked
package io.muster.worker;

import org.jspecify.annotations.NullMarked;

/// Jobs, workers, lanes, assignment and outcome records.
@NullMarked
package io.muster.jobs;

import org.jspecify.annotations.NullMarked;

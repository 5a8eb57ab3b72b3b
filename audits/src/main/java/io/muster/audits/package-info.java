/// Candidates, sampling and conclusions.
@NullMarked
package io.muster.audits;

import org.jspecify.annotations.NullMarked;

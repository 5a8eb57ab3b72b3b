/// What a job can do, each within limits.
@NullMarked
package io.muster.actions;

import org.jspecify.annotations.NullMarked;

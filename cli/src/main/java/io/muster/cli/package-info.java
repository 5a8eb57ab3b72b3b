/// The client side of the muster command.
@NullMarked
package io.muster.cli;

import org.jspecify.annotations.NullMarked;

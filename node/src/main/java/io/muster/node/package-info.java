/// Configuration, lifecycle and wiring of one node.
@NullMarked
package io.muster.node;

import org.jspecify.annotations.NullMarked;

/// The words and ports of every engine, and the contract suite they all run.
@NullMarked
package io.muster.cluster;

import org.jspecify.annotations.NullMarked;

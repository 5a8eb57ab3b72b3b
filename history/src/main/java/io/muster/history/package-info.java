/// Finished work in SQLite blocks.
@NullMarked
package io.muster.history;

import org.jspecify.annotations.NullMarked;

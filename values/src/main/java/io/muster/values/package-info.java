/// SET and DELETE, cluster settings, the feature level.
@NullMarked
package io.muster.values;

import org.jspecify.annotations.NullMarked;

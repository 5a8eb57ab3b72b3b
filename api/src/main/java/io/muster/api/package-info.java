/// Routes, forwarding, events, metrics, dashboard files.
@NullMarked
package io.muster.api;

import org.jspecify.annotations.NullMarked;

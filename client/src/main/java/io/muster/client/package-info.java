/// The records of /v1 and a typed client.
@NullMarked
package io.muster.client;

import org.jspecify.annotations.NullMarked;

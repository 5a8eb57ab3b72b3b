/// Principals, roles and key hashes.
@NullMarked
package io.muster.access;

import org.jspecify.annotations.NullMarked;

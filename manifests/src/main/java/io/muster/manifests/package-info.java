/// Lockfiles and SBOMs: bytes in, packages and their graph out.
@NullMarked
package io.muster.manifests;

import org.jspecify.annotations.NullMarked;

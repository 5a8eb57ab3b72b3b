/// What a scan found, in the formats that others read.
@NullMarked
package io.muster.reports;

import org.jspecify.annotations.NullMarked;

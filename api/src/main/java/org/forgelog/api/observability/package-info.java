/** Metrics, traces and logs: what both sides tell of themselves. */
@NullMarked
package org.forgelog.api.observability;

import org.jspecify.annotations.NullMarked;

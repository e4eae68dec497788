/** Load programs that measure the service beside the raw engines. */
@NullMarked
package org.forgelog.benchmarks;

import org.jspecify.annotations.NullMarked;

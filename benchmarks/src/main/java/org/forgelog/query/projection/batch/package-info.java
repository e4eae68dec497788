/** Benchmarks of what only this package sees. */
@NullMarked
package org.forgelog.query.projection.batch;

import org.jspecify.annotations.NullMarked;

/** Benchmarks of what only this package sees. */
@NullMarked
package org.forgelog.query.projection;

import org.jspecify.annotations.NullMarked;

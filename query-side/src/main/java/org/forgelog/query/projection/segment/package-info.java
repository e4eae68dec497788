/** Which node projects which part of a table: segments with their progress, their leases and their assignment. */
@NullMarked
package org.forgelog.query.projection.segment;

import org.jspecify.annotations.NullMarked;

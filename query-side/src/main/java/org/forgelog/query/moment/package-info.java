/** Items as they were at a moment of the past, folded from the log with the projectors. */
@NullMarked
package org.forgelog.query.moment;

import org.jspecify.annotations.NullMarked;

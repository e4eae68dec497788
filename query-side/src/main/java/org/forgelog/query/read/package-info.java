/** Answers from the table: access patterns, what they cost, who may see what, pages and cursors. */
@NullMarked
package org.forgelog.query.read;

import org.jspecify.annotations.NullMarked;

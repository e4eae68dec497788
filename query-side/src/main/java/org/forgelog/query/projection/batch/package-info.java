/** Applies batches of events to the table: folds them in memory, writes each pending item once, remembers blocked sequences. */
@NullMarked
package org.forgelog.query.projection.batch;

import org.jspecify.annotations.NullMarked;

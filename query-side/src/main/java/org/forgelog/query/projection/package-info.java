/** From the event log to the table: pure folds, and the engine that applies each of them exactly once. */
@NullMarked
package org.forgelog.query.projection;

import org.jspecify.annotations.NullMarked;

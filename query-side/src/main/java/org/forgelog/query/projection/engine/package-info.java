/** Follows the event log into one table: the batch loop of each segment, and what a node knows of the table meanwhile. */
@NullMarked
package org.forgelog.query.projection.engine;

import org.jspecify.annotations.NullMarked;

/** Pure functions from events to items of the table: which items an event touches, and what becomes of each. */
@NullMarked
package org.forgelog.query.projection.projector;

import org.jspecify.annotations.NullMarked;

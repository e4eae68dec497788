/**
 * Whether a table is what the log says: a second fold of the log, which shares nothing with the projectors but the events
 * as they are stored. Its keys, its attributes and its counts are its own, so that one mistake is not made twice.
 */
@NullMarked
package org.forgelog.query.verify;

import org.jspecify.annotations.NullMarked;

/**
 * The event log: how events are stored, and how they are read. Appending belongs to the command side; both sides share
 * the persisted format, the schema and the signals that say how far log and table are.
 */
@NullMarked
package org.forgelog.eventlog;

import org.jspecify.annotations.NullMarked;

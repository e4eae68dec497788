/** Axon's event store on our event log, in PostgreSQL. */
@NullMarked
package org.forgelog.command.log;

import org.jspecify.annotations.NullMarked;

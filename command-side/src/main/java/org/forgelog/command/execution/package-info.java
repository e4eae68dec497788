/** Runs requests: one transaction each, repeated on conflicts, remembered under idempotency keys. */
@NullMarked
package org.forgelog.command.execution;

import org.jspecify.annotations.NullMarked;

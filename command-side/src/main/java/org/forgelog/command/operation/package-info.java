/** What clients can do, grouped by what it is done to. */
@NullMarked
package org.forgelog.command.operation;

import org.jspecify.annotations.NullMarked;

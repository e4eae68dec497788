/** The write application: HTTP, command, aggregate, event log and directory. */
@NullMarked
package org.forgelog.command;

import org.jspecify.annotations.NullMarked;

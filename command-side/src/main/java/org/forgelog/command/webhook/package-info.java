/** Tells others what happens: reads the log, makes deliveries of it, sends them. */
@NullMarked
package org.forgelog.command.webhook;

import org.jspecify.annotations.NullMarked;

/** Who wants to be told of what, and what is still to be told: rows in the database, beside the log. */
@NullMarked
package org.forgelog.command.subscription;

import org.jspecify.annotations.NullMarked;

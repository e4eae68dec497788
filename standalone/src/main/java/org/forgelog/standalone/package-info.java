/** Both sides in one process, on a PostgreSQL and a DynamoDB of its own: {@code forgelog up}. */
@NullMarked
package org.forgelog.standalone;

import org.jspecify.annotations.NullMarked;

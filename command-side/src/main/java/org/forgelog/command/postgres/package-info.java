/** What has to be known of PostgreSQL itself. */
@NullMarked
package org.forgelog.command.postgres;

import org.jspecify.annotations.NullMarked;

/** PostgreSQL as a child process of this one: for standalone use and for tests. */
@NullMarked
package org.forgelog.engines;

import org.jspecify.annotations.NullMarked;

/** The event log as both sides' applications have it. */
@NullMarked
package org.forgelog.api.log;

import org.jspecify.annotations.NullMarked;

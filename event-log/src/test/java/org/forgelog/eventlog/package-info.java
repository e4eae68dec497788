@NullMarked
package org.forgelog.eventlog;

import org.jspecify.annotations.NullMarked;

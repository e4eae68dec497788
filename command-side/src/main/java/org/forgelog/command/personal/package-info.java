/** Personal data: who has no key yet gets one. */
@NullMarked
package org.forgelog.command.personal;

import org.jspecify.annotations.NullMarked;

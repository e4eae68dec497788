/** What both sides say over HTTP, and who is calling. */
@NullMarked
package org.forgelog.api;

import org.jspecify.annotations.NullMarked;

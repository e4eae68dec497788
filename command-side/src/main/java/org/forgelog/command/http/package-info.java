/** From HTTP requests to operations and back. */
@NullMarked
package org.forgelog.command.http;

import org.jspecify.annotations.NullMarked;

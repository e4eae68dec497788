/** Example data played through the public HTTP API, and every access pattern shown and checked on it. */
@NullMarked
package org.forgelog.cli.demo;

import org.jspecify.annotations.NullMarked;

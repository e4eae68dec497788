/** The operators' pages for a browser. Reads and changes through the same services as the operators' endpoints. */
@NullMarked
package org.forgelog.query.console;

import org.jspecify.annotations.NullMarked;

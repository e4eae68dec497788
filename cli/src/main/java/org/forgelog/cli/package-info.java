/** The command line of operators and newcomers. It speaks HTTP to a running service and shares no code with it. */
@NullMarked
package org.forgelog.cli;

import org.jspecify.annotations.NullMarked;

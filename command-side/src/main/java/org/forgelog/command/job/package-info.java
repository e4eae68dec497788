/** Work that takes longer than a client waits for an answer. */
@NullMarked
package org.forgelog.command.job;

import org.jspecify.annotations.NullMarked;

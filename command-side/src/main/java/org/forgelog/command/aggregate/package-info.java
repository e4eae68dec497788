/** The aggregates as Axon carries them: shells around the domain's states, found by Axon's Spring Boot starter. */
@NullMarked
package org.forgelog.command.aggregate;

import org.jspecify.annotations.NullMarked;

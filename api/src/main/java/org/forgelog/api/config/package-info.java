/** Properties that operators set, and what becomes of those that there are none of. */
@NullMarked
package org.forgelog.api.config;

import org.jspecify.annotations.NullMarked;

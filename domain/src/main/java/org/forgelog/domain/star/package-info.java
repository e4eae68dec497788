/** Stars: one for each user and repository. */
@NullMarked
package org.forgelog.domain.star;

import org.jspecify.annotations.NullMarked;

/** Reactions to issues, pull requests and comments: one for each user, target and content. */
@NullMarked
package org.forgelog.domain.reaction;

import org.jspecify.annotations.NullMarked;

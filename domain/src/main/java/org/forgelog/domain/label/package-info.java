/** Labels: things of a repository that its issues and pull requests carry by id. */
@NullMarked
package org.forgelog.domain.label;

import org.jspecify.annotations.NullMarked;

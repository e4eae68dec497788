/** Comments on issues and pull requests; one on a pull request may point at a place in its diff. */
@NullMarked
package org.forgelog.domain.comment;

import org.jspecify.annotations.NullMarked;

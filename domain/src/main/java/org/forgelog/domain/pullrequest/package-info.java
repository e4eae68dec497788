/** Pull requests of a repository. */
@NullMarked
package org.forgelog.domain.pullrequest;

import org.jspecify.annotations.NullMarked;

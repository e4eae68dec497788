/** Issues of a repository. */
@NullMarked
package org.forgelog.domain.issue;

import org.jspecify.annotations.NullMarked;

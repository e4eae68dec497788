/** Milestones: what issues and pull requests of a repository are planned for. */
@NullMarked
package org.forgelog.domain.milestone;

import org.jspecify.annotations.NullMarked;

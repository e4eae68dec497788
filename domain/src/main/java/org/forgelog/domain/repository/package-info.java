/** Repositories: who owns them, what they are called, how they are set up. */
@NullMarked
package org.forgelog.domain.repository;

import org.jspecify.annotations.NullMarked;

/** Subscriptions: whether a user watches a repository or wants to hear nothing of it. */
@NullMarked
package org.forgelog.domain.subscription;

import org.jspecify.annotations.NullMarked;

/** What issues and pull requests have in common: labels, assignees, a lock, and that they can be commented on. */
@NullMarked
package org.forgelog.domain.conversation;

import org.jspecify.annotations.NullMarked;

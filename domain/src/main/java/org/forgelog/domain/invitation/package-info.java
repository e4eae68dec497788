/** Invitations: what somebody is offered, and gets once they accept. */
@NullMarked
package org.forgelog.domain.invitation;

import org.jspecify.annotations.NullMarked;

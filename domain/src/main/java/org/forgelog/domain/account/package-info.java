/** Accounts: users and organizations, which share one namespace of logins, and the tokens that act for them. */
@NullMarked
package org.forgelog.domain.account;

import org.jspecify.annotations.NullMarked;

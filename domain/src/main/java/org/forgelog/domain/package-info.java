/** What every part of the domain shares: events, rejections and the values that validate themselves. */
@NullMarked
package org.forgelog.domain;

import org.jspecify.annotations.NullMarked;

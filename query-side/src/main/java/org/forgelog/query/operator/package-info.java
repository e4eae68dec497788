/** What operators of the projection ask and order: how far it is, and a replay. */
@NullMarked
package org.forgelog.query.operator;

import org.jspecify.annotations.NullMarked;

/** Condition, filter, key condition, projection and update expressions: read, checked, and applied to items. */
@NullMarked
package org.forgelog.dynamodb.expression;

import org.jspecify.annotations.NullMarked;

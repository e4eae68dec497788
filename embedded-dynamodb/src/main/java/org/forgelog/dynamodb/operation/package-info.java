/** The operations of the API, one class for those that belong together. */
@NullMarked
package org.forgelog.dynamodb.operation;

import org.jspecify.annotations.NullMarked;

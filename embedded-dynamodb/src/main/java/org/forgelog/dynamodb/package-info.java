/**
 * A DynamoDB in one process. {@link org.forgelog.dynamodb.DynamoDbEngine} is where to begin; the layers below it, from
 * outside to inside: {@code server} and {@code client} bring requests, {@code protocol} reads them, {@code operation}
 * carries them out with {@code expression}, on {@code table}s of {@code item}s in an ordered {@code store}.
 */
@NullMarked
package org.forgelog.dynamodb;

import org.jspecify.annotations.NullMarked;

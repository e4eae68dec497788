/** HTTP clients for the AWS SDK that reach the engine without a socket. */
@NullMarked
package org.forgelog.dynamodb.client;

import org.jspecify.annotations.NullMarked;

/** The protocol over HTTP on a socket, for other processes. */
@NullMarked
package org.forgelog.dynamodb.server;

import org.jspecify.annotations.NullMarked;

/** An ordered, atomic, durable store of byte strings: the port, and RocksDB behind it. */
@NullMarked
package org.forgelog.dynamodb.store;

import org.jspecify.annotations.NullMarked;

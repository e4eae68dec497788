/** Tables: what they are, how items and index entries lie in the store, and how all of them change together. */
@NullMarked
package org.forgelog.dynamodb.table;

import org.jspecify.annotations.NullMarked;

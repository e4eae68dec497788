/** For tests with JUnit: an engine in memory, and clients of it. */
@NullMarked
package org.forgelog.dynamodb.junit;

import org.jspecify.annotations.NullMarked;

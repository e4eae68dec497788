/** Stores that the embedded DynamoDB could stand on, and what each of them makes of the projection's load. */
@NullMarked
package org.forgelog.benchmarks.stores;

import org.jspecify.annotations.NullMarked;

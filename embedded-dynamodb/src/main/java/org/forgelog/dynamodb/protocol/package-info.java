/** The wire protocol, AWS JSON 1.0: requests, constraints that every request must satisfy, errors, answers. */
@NullMarked
package org.forgelog.dynamodb.protocol;

import org.jspecify.annotations.NullMarked;

/** The read application: folds the event log into one DynamoDB table and answers GETs from it. */
@NullMarked
package org.forgelog.query;

import org.jspecify.annotations.NullMarked;

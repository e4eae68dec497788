/** The query side under test, on PostgreSQL and the embedded DynamoDB. */
package org.forgelog.query;

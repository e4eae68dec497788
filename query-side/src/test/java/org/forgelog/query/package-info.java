/** The query side under test, on PostgreSQL and DynamoDB Local. */
package org.forgelog.query;

package org.forgelog.dynamodb.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a DynamoDB of its own, in memory. Parameters of tests and set-up methods of the types {@code
 * DynamoDbClient}, {@code DynamoDbAsyncClient} and {@link org.forgelog.dynamodb.DynamoDbEngine} are provided; the tables
 * are gone after each test.
 *
 * <pre>{@code
 * @EmbeddedDynamoDb
 * class OrdersTest {
 *     @Test
 *     void storesAnOrder(DynamoDbClient client) { ... }
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedDynamoDbExtension.class)
public @interface EmbeddedDynamoDb {}

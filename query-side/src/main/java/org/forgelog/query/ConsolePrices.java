package org.forgelog.query;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What DynamoDB costs, for what the console says of money; on demand in us-east-1 as AWS publishes it, unless it is set.
 *
 * @param writeMillion price of a million write units, for what the console says of money
 * @param readMillion price of a million read units
 * @param currency in which the prices are
 */
@ConfigurationProperties("forgelog.price")
public record ConsolePrices(
        @DefaultValue("0.625") double writeMillion,
        @DefaultValue("0.125") double readMillion,
        @DefaultValue("USD") String currency) {}

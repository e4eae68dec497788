package org.forgelog.api.log;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about PostgreSQL's schema.
 *
 * @param create whether the schema is created or migrated at start; {@code false} only checks it
 */
@ConfigurationProperties("forgelog.schema")
record SchemaProperties(@DefaultValue("true") boolean create) {}

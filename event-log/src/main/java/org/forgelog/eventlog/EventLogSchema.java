package org.forgelog.eventlog;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of event log and directory, as migrations. Safe to run from many processes at once. */
public final class EventLogSchema {

    private EventLogSchema() {}

    /**
     * Brings the schema up to date.
     *
     * @param createWhenMissing when {@code false}, nothing is changed and a schema that is not up to date is an error
     * @throws org.flywaydb.core.api.FlywayException when the schema is not what this program needs
     */
    public static void migrate(DataSource dataSource, boolean createWhenMissing) {
        Flyway flyway = Flyway.configure(EventLogSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:org/forgelog/eventlog/migration")
                .table("schema_history")
                // The schema may hold other people's tables already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        if (createWhenMissing) {
            flyway.migrate();
        } else {
            flyway.validate();
        }
    }
}

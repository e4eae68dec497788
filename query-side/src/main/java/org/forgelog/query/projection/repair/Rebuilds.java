package org.forgelog.query.projection.repair;

import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Rebuilds of what one sequence makes, in place, by whichever nodes project into the tables. */
public final class Rebuilds {

    private final RepairRequests control;

    public Rebuilds(DataSource dataSource) {
        this.control = new RepairRequests(dataSource);
    }

    /** Has what a sequence makes rebuilt in every table. */
    public void start(String sequence) {
        control.ask(sequence, true);
    }

    /** What became of the last rebuild of a sequence, by table; {@code null} of those that are under way. */
    public Map<String, @Nullable String> outcomes(String sequence) {
        return control.rebuilds(sequence);
    }
}

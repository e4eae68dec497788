package org.forgelog.query.projection.projector;

/**
 * The version of what projectors make of the log. A table that was built by a lower one is not what this program would
 * build; a table of a higher one is left to the newer program.
 */
public record ProjectionVersion(int number) {

    /** The first version whose tables have {@linkplain org.forgelog.query.table.Edge edges} that hold keys alone. */
    public static final int EDGES = 6;

    /** The first version whose tables list the site administrators. */
    public static final int SITE_ADMINS = 8;

    /** To be raised whenever the same log would make another table. */
    public static final ProjectionVersion CURRENT = new ProjectionVersion(8);
}

package org.forgelog.query.projection.control;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;

/** The query nodes that are alive: each says so every second, and which table it reads from. */
public final class NodeRegistry {

    /** How long a node without a sign of life counts as alive, as an SQL interval by PostgreSQL's clock. */
    public static final String ALIVE = "interval '10 seconds'";

    /**
     * A node that answers reads.
     *
     * @param serves the table that it reads from
     */
    public record Node(String name, String serves, Instant seenAt) {}

    private final ControlDatabase sql;

    public NodeRegistry(DataSource dataSource) {
        this.sql = new ControlDatabase(dataSource);
    }

    /** Says that a node is alive and what it reads from; nodes that were silent for an hour are forgotten. */
    public void alive(String node, String serves) {
        sql.quietly(
                """
                insert into projection_node (name, serves, seen_at) values (?, ?, now())
                on conflict (name) do update set serves = excluded.serves, seen_at = excluded.seen_at
                """,
                node,
                serves);
        sql.quietly("delete from projection_node where seen_at < now() - interval '1 hour'");
    }

    /** Says that a node has ended. */
    public void gone(String node) {
        sql.quietly("delete from projection_node where name = ?", node);
    }

    /** The nodes that are alive, by name. */
    public List<Node> nodes() {
        return sql.query(
                "select name, serves, seen_at from projection_node where seen_at > now() - " + ALIVE + " order by name",
                row -> new Node(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()));
    }
}

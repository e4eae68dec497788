package org.forgelog.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * Who may connect to a {@link LocalPostgres}, and as whom. The service's role owns its databases and nothing else, and
 * gives a password over TCP. The superuser can only use a socket in the data folder, which belongs to the operating
 * system's user who started the server.
 */
final class PostgresAccess {
    /** The role of the service. */
    static final String ROLE = "forgelog";

    private static final String SUPERUSER = "postgres";

    private static final String RULES =
            """
            # Written at each start. The socket lies in this folder.
            local  all  postgres                peer map=owner
            host   all  forgelog  127.0.0.1/32  scram-sha-256
            """;

    /** What a superuser created before the service had a role of its own. */
    private static final String HAND_OVER =
            """
            do $$
            declare relation regclass;
            begin
              for relation in
                select c.oid from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
                  and c.relowner <> 'forgelog'::regrole
                  and not exists (select from pg_depend d
                                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
                                    and d.refclassid = 'pg_class'::regclass and c.relkind = 'S')
              loop
                execute format('alter table %s owner to forgelog', relation);
              end loop;
            end $$
            """;

    private final Path socket;
    private final int port;

    PostgresAccess(Path data, int port) {
        this.socket = data.resolve(".s.PGSQL." + port);
        this.port = port;
    }

    /** Replaces the rules that the folder has; a server reads them when it starts. */
    static void writeRules(Path data) {
        try {
            Files.writeString(PrivateFiles.file(data.resolve("pg_hba.conf")), RULES);
            Files.writeString(
                    PrivateFiles.file(data.resolve("pg_ident.conf")),
                    "owner  " + owner() + "  " + SUPERUSER + "\n",
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EngineException("cannot write who may connect to PostgreSQL in " + data + ": " + e, e);
        }
    }

    /** As root, the server runs in a user namespace without names: there the folder alone keeps the others out. */
    private static String owner() {
        String user = System.getProperty("user.name");
        return user.equals("root") ? "/^.*$" : '"' + user + '"';
    }

    /** How to reach the server as its superuser. */
    Map<String, String> superuserConnection() {
        return Map.of("socketFactory", FolderSocketFactory.class.getName(), "socketFactoryArg", socket.toString());
    }

    /** Gives the service its role, with this password and no other rights, and its database. */
    void prepare(String database, String password) throws SQLException {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", ROLE)) {
                statement.execute("create role " + ROLE);
            }
            statement.execute(
                    "alter role " + ROLE + " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls");
            connection.unwrap(PGConnection.class).alterUserPassword(ROLE, password.toCharArray(), "scram-sha-256");
        }
        createDatabase(database);
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(HAND_OVER);
        }
    }

    /** Makes the database where it is missing; it belongs to the service's role. */
    void createDatabase(String name) throws SQLException {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            String quoted = statement.enquoteIdentifier(name, true);
            statement.execute(
                    exists(connection, "select 1 from pg_database where datname = ?", name)
                            ? "alter database " + quoted + " owner to " + ROLE
                            : "create database " + quoted + " owner " + ROLE);
        }
    }

    void copyDatabase(String template, String name) throws SQLException {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(name, true) + " template "
                    + statement.enquoteIdentifier(template, true) + " owner " + ROLE);
        }
    }

    /** As the superuser. */
    Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(superuserConnection());
        properties.put("user", SUPERUSER);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(query)) {
            find.setString(1, name);
            return find.executeQuery().next();
        }
    }
}

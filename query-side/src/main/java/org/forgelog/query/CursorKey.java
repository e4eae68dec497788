package org.forgelog.query;

import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The key that cursors are signed with: the same on all nodes, made by the first that needs it. */
final class CursorKey {

    private static final String NAME = "cursor";
    private static final int BYTES = 32;

    private CursorKey() {}

    static byte[] of(JdbcClient jdbc) {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("insert into secret (name, value) values (?, ?) on conflict (name) do nothing")
                .param(NAME)
                .param(fresh)
                .update();
        return jdbc.sql("select value from secret where name = ?")
                .param(NAME)
                .query(byte[].class)
                .single();
    }
}

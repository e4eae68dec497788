package org.forgelog.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What was looked at in this run, and what of it was wrong. */
final class Checks {

    private final List<String> wrong = new ArrayList<>();
    private int made;

    /** @return {@code holds} */
    boolean check(boolean holds, String what) {
        made++;
        if (!holds) {
            wrong.add(what);
        }
        return holds;
    }

    int made() {
        return made;
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}

package org.forgelog.query.console;

import java.time.Instant;
import org.forgelog.query.operator.ActionLog.Action;
import org.jspecify.annotations.Nullable;

/**
 * What is around every page.
 *
 * @param section the page that is marked in the navigation
 * @param operator who is signed in
 * @param blocked how many sequences are blocked
 * @param done what was just done
 * @param now by the log's clock
 */
record Frame(String title, Section section, String operator, int blocked, @Nullable Action done, Instant now) {

    /** The pages, in the navigation's order. */
    enum Section {
        PROJECTIONS("Projections", "/console"),
        DEPLOYMENT("Deployment", "/console/deployment"),
        DEAD_LETTERS("Dead letters", "/console/dead-letters"),
        EXPLORER("Explorer", "/console/explorer"),
        EVENTS("Events", "/console/events"),
        COST("Cost", "/console/cost"),
        ACTIONS("Actions", "/console/actions");

        private final String label;
        private final String path;

        Section(String label, String path) {
            this.label = label;
            this.path = path;
        }

        String label() {
            return label;
        }

        String path() {
            return path;
        }
    }
}

package org.forgelog.eventlog;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step from an older revision of a stored event to the next, as a pure function from JSON to JSON.
 *
 * @param alias the stored type
 * @param from the revision it takes; it answers {@code from + 1}
 */
record Upcaster(String alias, int from, UnaryOperator<ObjectNode> step) {

    /** Revision 1 did not say why an issue was closed; all of those were closed as completed. */
    static final Upcaster ISSUE_CLOSED_WITHOUT_REASON =
            new Upcaster("issue-closed", 1, json -> json.deepCopy().put("reason", "COMPLETED"));

    /** Revision 1 knew no forks: none of its repositories is one, and a repository without a fork's origin is none. */
    static final Upcaster REPOSITORY_CREATED_BEFORE_FORKS = new Upcaster("repository-created", 1, ObjectNode::deepCopy);

    /** Revision 2 knew one way of numbering: issues and pull requests apart. */
    static final Upcaster REPOSITORY_CREATED_BEFORE_NUMBERING =
            new Upcaster("repository-created", 2, json -> json.deepCopy().put("numbering", "SEPARATE"));

    /** Revision 1 did not say whose it was, and its login cannot have been encrypted. */
    static final Upcaster REPOSITORY_RENAMED_WITHOUT_OWNER =
            new Upcaster("repository-renamed", 1, ObjectNode::deepCopy);

    /** Likewise. */
    static final Upcaster REPOSITORY_OWNER_RENAMED_WITHOUT_OWNER =
            new Upcaster("repository-owner-renamed", 1, ObjectNode::deepCopy);

    /** Revision 1 did not say what the title was before, and whoever reads it must do without. */
    static final Upcaster ISSUE_EDITED_WITHOUT_OLD_TITLE = new Upcaster("issue-edited", 1, ObjectNode::deepCopy);

    /** Likewise. */
    static final Upcaster PULL_REQUEST_EDITED_WITHOUT_OLD_TITLE =
            new Upcaster("pull-request-edited", 1, ObjectNode::deepCopy);

    /** Revision 2 did not say who opened it, and whoever reads it must do without. */
    static final Upcaster PULL_REQUEST_MERGED_WITHOUT_AUTHOR =
            new Upcaster("pull-request-merged", 2, ObjectNode::deepCopy);

    /** Before there were milestones, nothing was planned for one; an event without one says just that. */
    static final List<Upcaster> BEFORE_MILESTONES = List.of(
            new Upcaster("issue-closed", 2, ObjectNode::deepCopy),
            new Upcaster("issue-reopened", 1, ObjectNode::deepCopy),
            new Upcaster("pull-request-closed", 1, ObjectNode::deepCopy),
            new Upcaster("pull-request-reopened", 1, ObjectNode::deepCopy),
            new Upcaster("pull-request-merged", 1, ObjectNode::deepCopy));
}

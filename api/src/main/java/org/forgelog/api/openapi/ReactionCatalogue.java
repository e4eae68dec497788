package org.forgelog.api.openapi;

import static org.forgelog.api.openapi.RepositoryCatalogue.REPOSITORY;

import java.util.List;
import java.util.stream.Stream;
import org.forgelog.api.representation.ReactionJson;

/** Reactions; GitHub knows none to pull requests apart from those to issues. */
final class ReactionCatalogue {

    private ReactionCatalogue() {}

    static List<Operation> all() {
        return Stream.of(
                        to("/issues/{issue_number}", "issue", "issue", "an issue"),
                        to("/issues/comments/{comment_id}", "issue-comment", "issue-comment", "a comment on an issue"),
                        to("/pulls/{pull_number}", "pull-request", "pull-request", "a pull request"),
                        to(
                                "/pulls/comments/{comment_id}",
                                "pull-request-review-comment",
                                "pull-request-comment",
                                "a comment on a pull request"))
                .flatMap(List::stream)
                .toList();
    }

    /** @param deleted GitHub has another word where it is deleted */
    private static List<Operation> to(String target, String word, String deleted, String what) {
        String path = REPOSITORY + target + "/reactions";
        List<Operation> operations = List.of(
                Operation.get(path, "reactions/list-for-" + word, "The reactions to " + what)
                        .query("Reaction", Parameters.CONTENT)
                        .list(ReactionJson.class),
                Operation.post(path, "reactions/create-for-" + word, "React to " + what)
                        .body(new Body().must("content", Schema.words(EnumValues.REACTIONS)))
                        .answers(200, "The one there was already.", Schema.of(ReactionJson.class))
                        .answers(201, "It came to be.", Schema.of(ReactionJson.class)),
                Operation.delete(path + "/{reaction_id}", "reactions/delete-for-" + deleted, "Take a reaction back")
                        .done());
        if (word.startsWith("issue")) {
            operations.getFirst().refuses(410);
        }
        if (word.equals("pull-request")) {
            operations.forEach(Operation::own);
        }
        return operations;
    }
}

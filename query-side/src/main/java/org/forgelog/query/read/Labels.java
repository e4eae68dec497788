package org.forgelog.query.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.forgelog.query.read.ReadSession.Answer;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Table;

/**
 * The labels that an answer shows, by their present names. What carries a label knows its id alone, so that renaming or
 * deleting one shows everywhere at once.
 */
final class Labels {

    /** Most labels that are read along with an answer about a repository; others cost a round more. */
    private static final int ALONG = 100;

    private final ReadSession session;
    private final Links links;
    private final Map<Long, Answer> along = new HashMap<>();

    Labels(ReadSession session, Links links) {
        this.session = session;
        this.links = links;
    }

    /** @throws Rejection not found, when no label can have such a name */
    static void requirePossible(String name) {
        if (!isPossible(name)) {
            throw Rejection.notFound();
        }
    }

    static boolean isPossible(String name) {
        return !name.isEmpty() && name.codePointCount(0, name.length()) <= LabelName.LIMIT;
    }

    /** Asks along with {@code round} for the repository's labels. */
    void expectIn(Round round, long repository) {
        along.put(repository, round.query(Table.Range.all(Keys.labels(repository), ALONG, session.isConsistent())));
    }

    /** Asks along with {@code round} for those labels of {@code threads} that are not known yet. */
    void expect(Round round, Collection<Item> threads) {
        for (Item thread : threads) {
            long repository = thread.number(Attr.REPOSITORY_ID);
            if (!hasAll(repository)) {
                thread.numbers(Attr.LABELS).forEach(label -> round.get(Keys.label(repository, label)));
            }
        }
    }

    /** Whether all labels of the repository are known, so that others are not there any more. */
    private boolean hasAll(long repository) {
        Answer answer = along.get(repository);
        return answer != null && answer.more() == null;
    }

    /** The labels that {@code thread} carries and that still exist; they must have been asked for. */
    List<LabelJson> of(Item thread, RepositoryRef repository) {
        long id = thread.number(Attr.REPOSITORY_ID);
        return thread.numbers(Attr.LABELS).stream()
                .map(label -> session.sought(Keys.label(id, label)))
                .filter(Objects::nonNull)
                .map(item -> json(item, repository))
                .toList();
    }

    LabelJson json(Item label, RepositoryRef repository) {
        return LabelJson.of(
                links,
                repository,
                new LabelId(label.number(Attr.ID)),
                label.string(Attr.NAME),
                label.string(Attr.COLOR),
                label.text(Attr.DESCRIPTION, null));
    }
}

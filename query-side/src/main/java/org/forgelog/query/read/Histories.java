package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.representation.IssueEventJson;
import org.forgelog.api.representation.IssueJson;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Rejection;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Keys.ThreadKind;
import org.forgelog.query.table.Span;
import org.jspecify.annotations.Nullable;

/** Answers about what happened to issues. A label that is gone takes its entries along: nobody knows its name. */
public final class Histories {

    private final Reading reading;
    private final ThreadViews threads;
    private final CommentViews comments;

    public Histories(Reading reading) {
        this.reading = reading;
        this.threads = new ThreadViews(reading);
        this.comments = new CommentViews(reading);
    }

    /** What happened to an issue, in order. */
    public Listed<IssueEventJson> ofIssue(Address address, long number, PageRequest request) {
        Page page = page(address, number, request, false);
        return new Listed<>(page.items().stream().map(item -> event(item, null)).toList(), page);
    }

    /** What happened to an issue and the comments on it, in order, each entry under the word for what it is. */
    public Listed<Map.Entry<String, Object>> timeline(Address address, long number, PageRequest request) {
        Page page = page(address, number, request, true);
        return new Listed<>(
                page.items().stream()
                        .map(item -> item.is(ItemType.COMMENT)
                                ? Map.entry("commented", comments.comment(item))
                                : Map.<String, Object>entry(item.string(Attr.EVENT), event(item, null)))
                        .toList(),
                page);
    }

    private Page page(Address address, long number, PageRequest request, boolean withComments) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            ItemKey issue = Keys.thread(ThreadKind.ISSUE, id, number);
            round.get(issue);
            reading.labels().expectIn(round, id);
            if (withComments) {
                reading.associations().expectIn(round, id);
            }
            List<Span> spans = withComments
                    ? List.of(Keys.historyOf(issue), Keys.comments(issue))
                    : List.of(Keys.historyOf(issue));
            return reading.pager(round, request, spans, false, item -> true);
        });
        Repositories.checkEnabled(reading, ThreadKind.ISSUE, opened.id());
        if (reading.session().item(Keys.thread(ThreadKind.ISSUE, opened.id(), number)) == null) {
            throw Rejection.notFound();
        }
        return collect(opened, false);
    }

    /** What happened to all issues of a repository, newest first, each entry with its issue. */
    public Listed<IssueEventJson> ofRepository(Address address, PageRequest request) {
        Opened<Pager> opened = reading.repository(address, (round, id) -> {
            reading.labels().expectIn(round, id);
            reading.associations().expectIn(round, id);
            return reading.pager(round, request, List.of(Keys.historyOfIssues(id)), true, item -> true);
        });
        Repositories.checkEnabled(reading, ThreadKind.ISSUE, opened.id());
        Page page = collect(opened, true);
        List<Item> issues = page.items().stream().map(this::issue).distinct().toList();
        threads.prepare(opened.id(), issues);
        return new Listed<>(
                page.items().stream()
                        .map(item -> event(item, threads.issue(issue(item))))
                        .toList(),
                page);
    }

    private Page collect(Opened<Pager> opened, boolean withIssues) {
        Page page = opened.asked().collect(reading.session(), items -> {
            List<Item> entries =
                    items.stream().filter(item -> item.is(ItemType.HISTORY)).toList();
            Round round = reading.session().round();
            reading.labels().expect(round, entries);
            if (withIssues) {
                entries.forEach(entry -> round.get(issueKey(entry)));
            }
            round.run();
            Predicate<Item> shown = item -> !item.is(ItemType.HISTORY) || isShown(item, withIssues);
            return shown;
        });
        prepare(opened.id(), page);
        return page;
    }

    private boolean isShown(Item entry, boolean withIssue) {
        return (!entry.has(Attr.LABELS) || label(entry) != null)
                && (!withIssue || reading.session().item(issueKey(entry)) != null);
    }

    private void prepare(long repository, Page page) {
        Set<Long> accounts = new HashSet<>();
        List<Item> ofComments = new ArrayList<>();
        for (Item item : page.items()) {
            if (item.is(ItemType.COMMENT)) {
                ofComments.add(item);
                accounts.add(item.number(Attr.AUTHOR_ID));
            } else {
                accounts.add(item.number(Attr.ACCOUNT_ID));
                if (item.has(Attr.MEMBER_ID)) {
                    accounts.add(item.number(Attr.MEMBER_ID));
                }
            }
        }
        reading.people().mentioned(repository, accounts);
        Round round = reading.session().round().get(CommentViews.bodies(ofComments));
        reading.people().expect(round, accounts);
        reading.associations().expect(round, ofComments);
        round.run();
        reading.took();
    }

    private static ItemKey issueKey(Item entry) {
        return Keys.thread(ThreadKind.ISSUE, entry.number(Attr.REPOSITORY_ID), entry.number(Attr.NUMBER));
    }

    private Item issue(Item entry) {
        return Objects.requireNonNull(reading.session().item(issueKey(entry)), "an issue that was not read");
    }

    private @Nullable LabelJson label(Item entry) {
        List<LabelJson> labels = reading.labels().of(entry, reading.ref(entry.number(Attr.REPOSITORY_ID)));
        return labels.isEmpty() ? null : labels.getFirst();
    }

    private IssueEventJson event(Item entry, @Nullable IssueJson issue) {
        SimpleUser actor = reading.people().user(entry.number(Attr.ACCOUNT_ID));
        LabelJson label = label(entry);
        SimpleUser assignee = entry.has(Attr.MEMBER_ID) ? reading.people().user(entry.number(Attr.MEMBER_ID)) : null;
        return new IssueEventJson(
                entry.number(Attr.ID),
                actor,
                entry.string(Attr.EVENT),
                null,
                null,
                entry.instant(Attr.CREATED_AT),
                label == null ? null : IssueEventJson.Label.of(label),
                assignee,
                assignee == null ? null : actor,
                entry.text(Attr.LOCK_REASON, null),
                entry.text(Attr.STATE_REASON, null),
                entry.has(Attr.OLD_TITLE)
                        ? new IssueEventJson.Rename(entry.string(Attr.OLD_TITLE), entry.string(Attr.TITLE))
                        : null,
                issue);
    }
}

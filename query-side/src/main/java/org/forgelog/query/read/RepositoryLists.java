package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.domain.Permission;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.Accounts.Who;
import org.forgelog.query.read.ReadSession.Answer;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;

/** Lists of repositories that somebody owns or has rights on, as far as the caller may see them. */
public final class RepositoryLists {

    /** Most organizations, and most repositories of others, that a list of somebody's repositories looks at. */
    private static final int MOST = 500;

    private final Reading reading;

    public RepositoryLists(Reading reading) {
        this.reading = reading;
    }

    /** The orders of lists. */
    public enum Order {
        CREATED,
        UPDATED,
        /** Where several accounts own what is listed, by the names alone. */
        NAME;

        Span of(long owner) {
            return switch (this) {
                case CREATED -> Keys.ownedByCreation(owner);
                case UPDATED -> Keys.ownedByUpdate(owner);
                case NAME -> Keys.ownedByName(owner);
            };
        }
    }

    /** How somebody has to do with a repository. */
    public enum Affiliation {
        OWNER,
        COLLABORATOR,
        ORGANIZATION_MEMBER
    }

    /**
     * Which repositories are wanted, and how.
     *
     * @param filter what they must be like, as far as an index tells
     */
    public record Wanted(Order order, boolean descending, Predicate<Item> filter) {}

    private record Asked(Pager pager, Known.Near guess, @Nullable Answer organizations, @Nullable Answer shared) {}

    /**
     * Repositories of a user. What the user has rights on elsewhere is guessed from the last look and confirmed by the
     * round that reads the list; one more round for what is new.
     */
    public Listed<RepositoryJson> ofUser(Who who, Set<Affiliation> affiliations, Wanted wanted, PageRequest request) {
        Set<Long> listed = new HashSet<>();
        Predicate<Item> filter =
                reading.listedTo().and(wanted.filter()).and(item -> listed.add(Reading.repositoryOf(item)));
        Opened<Asked> opened =
                Accounts.open(reading, who, (round, id) -> ask(round, id, affiliations, wanted, filter, request));
        long user = opened.id();
        Asked asked = opened.asked();
        complete(user, asked, wanted.order());
        return page(asked.pager(), item -> isAffiliated(user, reading.repositoryItem(Reading.repositoryOf(item))));
    }

    private Asked ask(
            Round round,
            long user,
            Set<Affiliation> affiliations,
            Wanted wanted,
            Predicate<Item> filter,
            PageRequest request) {
        boolean asMember = affiliations.contains(Affiliation.ORGANIZATION_MEMBER);
        boolean asCollaborator = affiliations.contains(Affiliation.COLLABORATOR);
        Known.Near guess = reading.near(user);
        List<Span> spans = new ArrayList<>();
        if (affiliations.contains(Affiliation.OWNER)) {
            spans.add(wanted.order().of(user));
        }
        if (asMember) {
            guess.organizations().forEach(id -> spans.add(wanted.order().of(id)));
        }
        if (asCollaborator) {
            guess.repositories().forEach(id -> round.get(Keys.repository(id)));
        }
        Pager pager = reading.pager(round, request, spans, wanted.descending(), filter);
        boolean consistent = reading.session().isConsistent();
        return new Asked(
                pager,
                guess,
                asMember ? round.query(Table.Range.all(Keys.organizationsOf(user), MOST, consistent)) : null,
                asCollaborator ? round.query(Table.Range.all(Keys.collaborations(user), MOST, consistent)) : null);
    }

    private void complete(long user, Asked asked, Order order) {
        Set<Long> organizations =
                ids(asked.organizations(), Attr.ORGANIZATION_ID, asked.guess().organizations());
        Set<Long> repositories =
                ids(asked.shared(), Attr.REPOSITORY_ID, asked.guess().repositories());
        reading.near(user, new Known.Near(organizations, repositories));
        Round round = reading.session().round();
        if (asked.organizations() != null) {
            asked.guess().organizations().stream()
                    .filter(id -> !organizations.contains(id))
                    .forEach(id -> asked.pager().drop(order.of(id)));
            organizations.stream()
                    .filter(id -> !asked.guess().organizations().contains(id))
                    .forEach(id -> asked.pager().ask(round, order.of(id)));
        }
        if (asked.shared() != null) {
            repositories.forEach(id -> round.get(Keys.repository(id)));
        }
        round.run();
        if (asked.shared() != null) {
            asked.pager()
                    .add(
                            order.of(user),
                            repositories.stream()
                                    .map(id -> reading.session().item(Keys.repository(id)))
                                    .filter(Objects::nonNull)
                                    .toList());
        }
    }

    private static Set<Long> ids(@Nullable Answer answer, String attribute, Set<Long> otherwise) {
        return answer == null
                ? otherwise
                : answer.items().stream()
                        .filter(item -> !item.isTombstone())
                        .map(item -> item.number(attribute))
                        .collect(Collectors.toSet());
    }

    /** Others are shown what is public only, of what the user does not own. */
    private boolean isAffiliated(long user, Item repository) {
        if (repository.number(Attr.OWNER_ID) == user) {
            return true;
        }
        boolean self = reading.caller().accountId() != null
                && reading.caller().accountId().value() == user;
        return self ? isGranted(user, repository) : !repository.flag(Attr.PRIVATE);
    }

    private boolean isGranted(@Nullable Long account, Item repository) {
        return Visibility.granted(reading.access(account, repository)).covers(Permission.READ);
    }

    /**
     * Repositories of an organization.
     *
     * @param ownRights only those that the caller has rights of their own on
     */
    public Listed<RepositoryJson> ofOrganization(String login, Wanted wanted, boolean ownRights, PageRequest request) {
        Opened<Pager> opened = reading.account(login, (round, id) -> {
            round.get(Keys.account(id));
            return reading.pager(
                    round,
                    request,
                    List.of(wanted.order().of(id)),
                    wanted.descending(),
                    reading.listedTo().and(wanted.filter()));
        });
        Organizations.require(reading, opened.id());
        Long caller = reading.caller().accountId() == null
                ? null
                : Long.valueOf(reading.caller().accountId().value());
        return page(
                opened.asked(),
                item -> !ownRights || isGranted(caller, reading.repositoryItem(Reading.repositoryOf(item))));
    }

    /** Every public repository, from the first whose id is greater than the cursor says. */
    public Listed<RepositoryJson> ofEverybody(PageRequest request) {
        Round round = reading.session().round();
        Pager pager = reading.pager(round, request, List.of(Keys.repositories()), false, item -> true);
        round.run();
        return page(pager, item -> !reading.repositoryItem(Reading.repositoryOf(item))
                .flag(Attr.PRIVATE));
    }

    /** A page of repositories with their counts. */
    Listed<RepositoryJson> page(Pager pager, Predicate<Item> also) {
        Page page = reading.pageAcross(pager, true, false, also);
        RepositoryViews views = new RepositoryViews(reading);
        return new Listed<>(
                page.items().stream()
                        .map(item -> views.counted(Reading.repositoryOf(item)))
                        .toList(),
                page);
    }
}

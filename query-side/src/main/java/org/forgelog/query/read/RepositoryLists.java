package org.forgelog.query.read;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.openapi.Choices.Affiliation;
import org.forgelog.api.openapi.Choices.RepositorySort;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.domain.Permission;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Span;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Range;

/** Lists of repositories that somebody owns or has rights on, as far as the caller may see them. */
public final class RepositoryLists {

    /** Most organizations, and most repositories of others, that a list of somebody's repositories looks at. */
    private static final int MOST = 500;

    private final ReadContext read;
    private final RepositoryViews views;

    public RepositoryLists(ReadContext read) {
        this.read = read;
        this.views = new RepositoryViews(read);
    }

    /** Where several accounts own what is listed, names sort without their owners. */
    private static Span owned(long owner, RepositorySort sort, boolean isPrivate) {
        return switch (sort) {
            case CREATED, PUSHED -> Spans.ownedByCreation(owner, isPrivate);
            case UPDATED -> Spans.ownedByUpdate(owner, isPrivate);
            case FULL_NAME -> Spans.ownedByName(owner, isPrivate);
        };
    }

    /**
     * Adds what an account owns, as far as the caller may see it. What is hidden from the caller is not read, so that no cost
     * tells of it: private repositories are read by those who see all of them, and one by one by their collaborators.
     */
    void addOwned(Pager pager, long owner, RepositorySort sort) {
        pager.of(owned(owner, sort, false));
        if (read.visibility().seesPrivateOf(owner)) {
            pager.of(owned(owner, sort, true));
        } else {
            pager.with(owned(owner, sort, true), privateCollaborations(item -> item.number(Attr.OWNER_ID) == owner));
        }
    }

    /** Adds the forks of a repository, in the same manner. */
    void addForks(Pager pager, long parent) {
        pager.of(Spans.forks(parent));
        Long caller = read.callerId();
        if (caller == null) {
            return;
        }
        pager.of(Spans.privateForks(parent, caller));
        ids(Spans.organizationsOf(caller), Attr.ORGANIZATION_ID).stream()
                .filter(read.visibility()::seesPrivateOf)
                .forEach(organization -> pager.of(Spans.privateForks(parent, organization)));
        pager.with(
                Spans.privateForks(parent, caller),
                privateCollaborations(item -> item.number(Attr.PARENT_ID, 0) == parent));
    }

    private List<Item> privateCollaborations(Predicate<Item> which) {
        Long caller = read.callerId();
        return caller == null
                ? List.of()
                : collaborations(caller).stream()
                        .filter(item -> item.flag(Attr.PRIVATE) && which.test(item))
                        .toList();
    }

    private List<Item> collaborations(long user) {
        return ids(Spans.collaborations(user), Attr.REPOSITORY_ID).stream()
                .map(id -> read.lookup().item(Keys.repository(id)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What an account owns and the caller may see, those last changed first. */
    List<Item> newest(long owner, int most) {
        Pager pager = read.pager(new PageRequest(most, 1, null), true);
        addOwned(pager, owner, RepositorySort.UPDATED);
        return pager.page().items();
    }

    /**
     * Which repositories are wanted, and how.
     *
     * @param filter what they must be like, as far as an index tells
     */
    public record Wanted(RepositorySort sort, boolean descending, Predicate<Item> filter) {}

    /** Repositories of a user, each once however many ways lead to it. */
    public Listed<RepositoryJson> ofUser(
            AccountAddress address, Set<Affiliation> affiliations, Wanted wanted, PageRequest request) {
        long user = address.in(read);
        Pager pager = read.pager(request, wanted.descending());
        if (affiliations.contains(Affiliation.OWNER)) {
            addOwned(pager, user, wanted.sort());
        }
        if (affiliations.contains(Affiliation.ORGANIZATION_MEMBER)) {
            ids(Spans.organizationsOf(user), Attr.ORGANIZATION_ID)
                    .forEach(organization -> addOwned(pager, organization, wanted.sort()));
        }
        if (affiliations.contains(Affiliation.COLLABORATOR)) {
            pager.with(owned(user, wanted.sort(), false), collaborations(user));
        }
        Set<Long> listed = new HashSet<>();
        Predicate<Item> filter = wanted.filter().and(item -> listed.add(RepositoryViews.idOf(item)));
        return list(pager, filter, repository -> isAffiliated(user, repository));
    }

    private List<Long> ids(Span span, String attribute) {
        Range range = Range.all(span, MOST, false);
        return read.lookup().page(range).items().stream()
                .filter(item -> !item.isTombstone())
                .map(item -> item.number(attribute))
                .toList();
    }

    /** Others are shown what is public only, of what the user does not own. */
    private boolean isAffiliated(long user, Item repository) {
        if (repository.number(Attr.OWNER_ID) == user) {
            return true;
        }
        return Objects.equals(read.callerId(), user) ? isGranted(repository) : !repository.flag(Attr.PRIVATE);
    }

    /** Whether the caller has rights of their own on a repository. */
    private boolean isGranted(Item repository) {
        return Visibility.granted(read.visibility().access(read.callerId(), repository))
                .covers(Permission.READ);
    }

    /**
     * Repositories of an organization.
     *
     * @param ownRights only those that the caller has rights of their own on
     */
    public Listed<RepositoryJson> ofOrganization(String login, Wanted wanted, boolean ownRights, PageRequest request) {
        long organization = read.names().account(login);
        Organizations.require(read, organization);
        Pager pager = read.pager(request, wanted.descending());
        addOwned(pager, organization, wanted.sort());
        return list(pager, wanted.filter(), repository -> !ownRights || isGranted(repository));
    }

    /** Every public repository, from the first whose id is greater than the cursor says. */
    public Listed<RepositoryJson> ofEverybody(PageRequest request) {
        return list(
                read.pager(request, false).of(Spans.repositories()),
                entry -> true,
                repository -> !repository.flag(Attr.PRIVATE));
    }

    /**
     * A page of repositories with their counts.
     *
     * @param filter what entries must be like, as far as the copies in an index tell
     * @param also what repositories must be like too
     */
    Listed<RepositoryJson> list(Pager pager, Predicate<Item> filter, Predicate<Item> also) {
        Page page = pager.page(entry -> read.visibility().mayBeListed(entry)
                && filter.test(entry)
                && isShown(RepositoryViews.idOf(entry), also));
        return read.listed(page, entry -> views.listed(RepositoryViews.idOf(entry)));
    }

    private boolean isShown(long id, Predicate<Item> also) {
        views.expect(id);
        return read.visibility().canSee(id)
                && read.lookup().mayBe(() -> {
                    Item repository = read.lookup().item(Keys.repository(id));
                    return repository != null && also.test(repository);
                });
    }
}

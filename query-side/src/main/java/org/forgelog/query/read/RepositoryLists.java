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
    static Span owned(long owner, RepositorySort sort) {
        return switch (sort) {
            case CREATED, PUSHED -> Keys.ownedByCreation(owner);
            case UPDATED -> Keys.ownedByUpdate(owner);
            case FULL_NAME -> Keys.ownedByName(owner);
        };
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
        Pager pager = new Pager(read.lookup(), request, wanted.descending());
        if (affiliations.contains(Affiliation.OWNER)) {
            pager.of(owned(user, wanted.sort()));
        }
        if (affiliations.contains(Affiliation.ORGANIZATION_MEMBER)) {
            ids(Keys.organizationsOf(user), Attr.ORGANIZATION_ID)
                    .forEach(organization -> pager.of(owned(organization, wanted.sort())));
        }
        if (affiliations.contains(Affiliation.COLLABORATOR)) {
            pager.with(
                    owned(user, wanted.sort()),
                    ids(Keys.collaborations(user), Attr.REPOSITORY_ID).stream()
                            .map(id -> read.lookup().item(Keys.repository(id)))
                            .filter(Objects::nonNull)
                            .toList());
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
        return list(
                new Pager(read.lookup(), request, wanted.descending()).of(owned(organization, wanted.sort())),
                wanted.filter(),
                repository -> !ownRights || isGranted(repository));
    }

    /** Every public repository, from the first whose id is greater than the cursor says. */
    public Listed<RepositoryJson> ofEverybody(PageRequest request) {
        return list(
                new Pager(read.lookup(), request, false).of(Keys.repositories()),
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
        return new Listed<>(read.lookup().map(page.items(), entry -> views.counted(RepositoryViews.idOf(entry))), page);
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

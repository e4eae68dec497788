package org.forgelog.query.read;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.Choices.CollaboratorAffiliation;
import org.forgelog.api.representation.CollaboratorJson;
import org.forgelog.api.representation.PermissionLevelJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.Access;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;

/**
 * Answers about who has rights of their own on a repository, for those with push access, and who can be assigned there,
 * for all who see it.
 */
public final class Collaborators {

    private final ReadContext read;

    public Collaborators(ReadContext read) {
        this.read = read;
    }

    /**
     * Owner, collaborators, and the members of the organization that owns it, as far as it gives them rights; by id.
     *
     * @param least only those with at least this permission
     */
    public Listed<CollaboratorJson> list(
            Address address, CollaboratorAffiliation affiliation, Permission least, PageRequest request) {
        long id = read.names().repository(address);
        requirePush(id);
        Page page = page(id, access -> Visibility.granted(access).covers(least) && is(affiliation, access), request);
        return read.listed(page, item -> collaborator(id, item));
    }

    private CollaboratorJson collaborator(long repository, Item item) {
        long account = item.number(Attr.ACCOUNT_ID);
        SimpleUser user = read.people().user(account);
        Item of = new RepositoryViews(read).item(repository);
        return CollaboratorJson.of(user, read.visibility().access(account, of).permission());
    }

    /** Who can be assigned to everything in the repository: those with push access, and members; by id. */
    public Listed<SimpleUser> assignees(Address address, PageRequest request) {
        Page page = page(read.names().repository(address), Collaborators::isAssignable, request);
        return read.listed(page, item -> read.people().user(item.number(Attr.ACCOUNT_ID)));
    }

    /** Whether a user can be assigned to everything in the repository. */
    public boolean isAssignable(Address address, String login) {
        return isAssignable(judge(read.names().repository(address), login).access);
    }

    private static boolean isAssignable(Access access) {
        return access.permission().covers(access.role() == null ? Permission.WRITE : Permission.READ);
    }

    private Page page(long id, Predicate<Access> wanted, PageRequest request) {
        Pager pager = read.pager(request, false).of(Spans.collaborators(id));
        Item repository = new RepositoryViews(read).item(id);
        long owner = repository.number(Attr.OWNER_ID);
        read.people().user(owner);
        if (read.visibility().kindOf(owner) == AccountKind.ORGANIZATION) {
            pager.of(Spans.members(owner));
        } else {
            pager.with(
                    Spans.collaborators(id),
                    List.of(Item.of(Keys.collaborator(owner, id), ItemType.COLLABORATOR)
                            .with(Attr.ACCOUNT_ID, owner)
                            .in(IndexKeys.collaborator(owner, id))));
        }
        Set<Long> seen = new HashSet<>();
        return pager.page(item -> {
            long account = item.number(Attr.ACCOUNT_ID);
            return read.lookup().mayBe(() -> wanted.test(read.visibility().access(account, repository)))
                    && seen.add(account);
        });
    }

    private static boolean is(CollaboratorAffiliation affiliation, Access access) {
        return switch (affiliation) {
            case ALL -> true;
            case DIRECT -> access.owner() || access.asCollaborator() != null;
            case OUTSIDE -> access.asCollaborator() != null && access.role() == null;
        };
    }

    /** Refuses callers without push access. */
    private void requirePush(long repository) {
        Item item = read.lookup().item(Keys.repository(repository));
        if (item != null && !read.visibility().permission(item).covers(Permission.WRITE)) {
            read.lookup()
                    .reject(
                            read.caller().isAnonymous()
                                    ? HttpFailure.authenticationRequired()
                                    : Rejection.forbidden("Must have push access to view repository collaborators."));
        }
    }

    /** Whether a user has rights of their own. */
    public boolean isCollaborator(Address address, String login) {
        long id = read.names().repository(address);
        requirePush(id);
        return Visibility.granted(judge(id, login).access).covers(Permission.READ);
    }

    /** What a user may do, also because anybody may; users may ask about themselves. */
    public PermissionLevelJson level(Address address, String login) {
        long id = read.names().repository(address);
        Long account = read.names().idOf(Address.login(login), Attr.ACCOUNT_ID);
        if (account == null || !account.equals(read.callerId())) {
            requirePush(id);
        }
        Judged judged = judge(id, login);
        return PermissionLevelJson.of(judged.user, judged.access.permission());
    }

    private record Judged(SimpleUser user, Access access) {}

    /** @throws Rejection not found, when there is no such user */
    private Judged judge(long repository, String login) {
        long account = read.names().account(login);
        SimpleUser user = read.people().user(account);
        Item item = new RepositoryViews(read).item(repository);
        Access access = read.visibility().access(account, item);
        if (read.visibility().kindOf(account) == AccountKind.ORGANIZATION) {
            read.lookup().reject(Rejection.notFound());
        }
        return new Judged(user, access);
    }
}

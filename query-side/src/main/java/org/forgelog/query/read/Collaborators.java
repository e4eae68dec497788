package org.forgelog.query.read;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.representation.CollaboratorJson;
import org.forgelog.api.representation.PermissionLevelJson;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.repository.Access;
import org.forgelog.query.read.Accounts.Listed;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.read.Reading.Opened;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Answers about who has rights of their own on a repository, for those with push access, and who can be assigned there,
 * for all who see it.
 */
public final class Collaborators {

    /** Which of them. */
    public enum Affiliation {
        ALL,
        /** Given rights by name. */
        DIRECT,
        /** Given rights by name, and no members of the organization that owns the repository. */
        OUTSIDE
    }

    private final Reading reading;

    public Collaborators(Reading reading) {
        this.reading = reading;
    }

    private record Asked(Pager pager, @Nullable Long organization) {}

    /**
     * Owner, collaborators, and the members of the organization that owns it, as far as it gives them rights; by id.
     *
     * @param least only those with at least this permission
     */
    public Listed<CollaboratorJson> list(
            Address address, Affiliation affiliation, Permission least, PageRequest request) {
        Found found = find(
                address, true, access -> Visibility.granted(access).covers(least) && is(affiliation, access), request);
        return new Listed<>(
                found.accounts().stream()
                        .map(account -> CollaboratorJson.of(
                                reading.people().user(account),
                                reading.access(account, found.repository()).permission()))
                        .toList(),
                found.page());
    }

    /** Who can be assigned to everything in the repository: those with push access, and members; by id. */
    public Listed<SimpleUser> assignees(Address address, PageRequest request) {
        Found found = find(address, false, Collaborators::isAssignable, request);
        return new Listed<>(
                found.accounts().stream().map(reading.people()::user).toList(), found.page());
    }

    /** Whether a user can be assigned to everything in the repository. */
    public boolean isAssignable(Address address, String login) {
        return isAssignable(judge(address, login, false).access());
    }

    private static boolean isAssignable(Access access) {
        return access.permission().covers(access.role() == null ? Permission.WRITE : Permission.READ);
    }

    private record Found(Item repository, Page page) {

        List<Long> accounts() {
            return page.items().stream()
                    .map(item -> item.number(Attr.ACCOUNT_ID))
                    .toList();
        }
    }

    /** @param forPushers whether who asks must have push access */
    private Found find(Address address, boolean forPushers, Predicate<Access> wanted, PageRequest request) {
        Opened<Asked> opened = reading.repository(address, (round, id) -> {
            Pager pager = reading.pager(round, request, List.of(Keys.collaborators(id)), false, item -> true);
            Long owner = reading.likelyOwner(address, id);
            Long organization = owner == null || reading.kindOf(owner) == AccountKind.USER ? null : owner;
            if (organization != null) {
                pager.ask(round, Keys.members(organization));
            }
            return new Asked(pager, organization);
        });
        if (forPushers) {
            requirePush(opened.id());
        }
        Item repository = reading.repositoryItem(opened.id());
        long owner = reading.owner(opened.id());
        addOwner(opened.asked(), repository, owner);
        Set<Long> seen = new HashSet<>();
        Page page = opened.asked().pager().collect(reading.session(), items -> {
            List<Long> accounts =
                    items.stream().map(item -> item.number(Attr.ACCOUNT_ID)).toList();
            Round round = reading.session().round();
            accounts.forEach(account -> round.get(reading.keys(account, repository)));
            reading.people().expect(round, accounts);
            round.run();
            reading.took();
            return item -> {
                long account = item.number(Attr.ACCOUNT_ID);
                return wanted.test(reading.access(account, repository)) && seen.add(account);
            };
        });
        return new Found(repository, page);
    }

    /** A user who owns is one of them; of an organization, its members are, also when another one was asked for. */
    private void addOwner(Asked asked, Item repository, long owner) {
        boolean user = reading.isUser(owner);
        Long organization = asked.organization();
        if (organization != null && (user || organization != owner)) {
            asked.pager().drop(Keys.members(organization));
        }
        if (user) {
            long id = repository.number(Attr.ID);
            asked.pager()
                    .add(
                            Keys.collaborators(id),
                            List.of(Item.of(Keys.collaborator(owner, id), ItemType.COLLABORATOR)
                                    .with(Attr.ACCOUNT_ID, owner)
                                    .in(Keys.collaboratorIndexes(owner, id))));
        } else if (organization == null || organization != owner) {
            Round round = reading.session().round();
            asked.pager().ask(round, Keys.members(owner));
            round.run();
        }
    }

    private static boolean is(Affiliation affiliation, Access access) {
        return switch (affiliation) {
            case ALL -> true;
            case DIRECT -> access.owner() || access.asCollaborator() != null;
            case OUTSIDE -> access.asCollaborator() != null && access.role() == null;
        };
    }

    private void requirePush(long repository) {
        if (!reading.permission(repository).covers(Permission.WRITE)) {
            throw reading.caller().isAnonymous()
                    ? HttpFailure.authenticationRequired()
                    : Rejection.forbidden("Must have push access to view repository collaborators.");
        }
    }

    /** Whether a user has rights of their own. Keys: the repository's, both logins', what the user is judged by. */
    public boolean isCollaborator(Address address, String login) {
        Judged judged = judge(address, login, true);
        requirePush(judged.repository());
        return Visibility.granted(judged.access()).covers(Permission.READ);
    }

    /** What a user may do, also because anybody may; users may ask about themselves. */
    public PermissionLevelJson level(Address address, String login) {
        Judged judged = judge(address, login, true);
        boolean self = reading.caller().accountId() != null
                && reading.caller().accountId().value() == judged.account();
        if (!self) {
            requirePush(judged.repository());
        }
        reading.people().ensure(List.of(judged.account()));
        return PermissionLevelJson.of(
                reading.people().user(judged.account()), judged.access().permission());
    }

    private record Judged(long repository, long account, Access access) {}

    /** @param forPushers whether it is for those with push access to know that there is no such user */
    private Judged judge(Address address, String login, boolean forPushers) {
        ItemKey name = Address.login(login);
        Long guess = reading.guess(name);
        Opened<Boolean> opened = reading.repository(address, (round, id) -> {
            round.get(name);
            Long owner = reading.likelyOwner(address, id);
            if (guess != null && owner != null) {
                round.get(Visibility.keys(guess, id, owner, reading.kindOf(owner)));
                reading.people().expect(round, List.of(guess));
            }
            return true;
        });
        Long found = reading.confirmed(name, Attr.ACCOUNT_ID);
        if (found == null) {
            throw nobody(opened.id(), forPushers);
        }
        long account = found;
        Item repository = reading.repositoryItem(opened.id());
        Round round = reading.session().round().get(reading.keys(account, repository));
        reading.people().expect(round, List.of(account));
        round.run();
        reading.took();
        if (reading.kindOf(account) == AccountKind.ORGANIZATION) {
            throw nobody(opened.id(), forPushers);
        }
        return new Judged(opened.id(), account, reading.access(account, repository));
    }

    private Rejection nobody(long repository, boolean forPushers) {
        if (forPushers) {
            requirePush(repository);
        }
        return Rejection.notFound();
    }
}

package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.api.representation.Links;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.account.AccountId;
import org.forgelog.query.read.Known.Person;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** The accounts that one answer mentions, by their present names. */
public final class People {

    private final ReadSession session;
    private final Known known;
    private final Links links;
    /** Whoever was known once in this request stays known, whatever this node forgets meanwhile. */
    private final Map<Long, Person> met = new HashMap<>();

    private final Set<Long> asked = new HashSet<>();

    People(ReadSession session, Known known, Links links) {
        this.session = session;
        this.known = known;
        this.links = links;
    }

    /** Asks along with {@code round} for those whom this repository's answers usually mention. */
    public void expectIn(Round round, long repository) {
        Long owner = known.ownerOf(repository);
        if (owner != null) {
            expect(round, List.of(owner));
        }
        expect(round, known.mentionedIn(repository));
    }

    /** Asks along with {@code round} for those of {@code accounts} that are not known well enough. */
    public void expect(Round round, Collection<Long> accounts) {
        for (Long account : accounts) {
            if (!isKnown(account)) {
                round.get(Keys.account(account));
                asked.add(account);
            }
        }
    }

    /** Takes note of all who were asked for along with rounds that have run, needed or not. */
    void took() {
        asked.forEach(this::person);
        asked.clear();
    }

    /** Asks along with {@code round} for the owners of repositories, as far as this node knows who they are. */
    public void expectOwners(Round round, Collection<Long> repositories) {
        List<Long> owners = new ArrayList<>();
        for (Long repository : repositories) {
            Long owner = known.ownerOf(repository);
            if (owner != null) {
                owners.add(owner);
            }
        }
        expect(round, owners);
    }

    /** Notes that answers about a repository mention these. */
    public void mentioned(long repository, Collection<Long> accounts) {
        accounts.forEach(account -> known.mention(repository, account));
    }

    /** Reads those who are not known yet, with one more round if need be. */
    public void ensure(Collection<Long> accounts) {
        Round round = session.round();
        expect(round, accounts);
        round.run();
        took();
    }

    /** The account as it is mentioned; a ghost when it was deleted. It must have been asked for. */
    public SimpleUser user(long account) {
        Person person = person(account);
        if (person == null) {
            throw new IllegalStateException("account " + account + " was not asked for");
        }
        AccountId id = new AccountId(account);
        return person.login() == null
                ? SimpleUser.ghost(links, id)
                : SimpleUser.of(links, id, person.login(), person.kind(), person.siteAdmin());
    }

    /** The account as it is mentioned; {@code null} when it was deleted. It must have been asked for. */
    @Nullable
    SimpleUser present(long account) {
        Person person = person(account);
        return person != null && person.login() == null ? null : user(account);
    }

    /** When any of those mentioned changed last, in seconds since 1970; {@code null} when that is not known of one. */
    @Nullable
    Long lastChange() {
        long latest = 0;
        for (Person person : met.values()) {
            if (person.changed() == null) {
                return null;
            }
            latest = Math.max(latest, person.changed());
        }
        return latest;
    }

    private boolean isKnown(long account) {
        return person(account) != null;
    }

    private @Nullable Person person(long account) {
        ItemKey key = Keys.account(account);
        if (session.has(key)) {
            return met.computeIfAbsent(account, id -> {
                Person person = Person.of(session.item(key));
                known.met(id, person);
                return person;
            });
        }
        Person person = met.get(account);
        if (person == null && !session.mustBeFresh("a:" + account)) {
            person = known.person(account);
            if (person != null) {
                met.put(account, person);
            }
        }
        return person;
    }
}

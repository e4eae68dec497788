package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.api.representation.AuthorAssociation;
import org.forgelog.query.read.Known.Author;
import org.forgelog.query.read.Known.Standing;
import org.forgelog.query.read.ReadSession.Round;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/**
 * How those who wrote what one answer shows stand to its repositories. Read along with their names, and believed as
 * long; nobody's rights are judged by it.
 */
final class Associations {

    private final ReadSession session;
    private final Known known;
    /** Whoever's standing was known once in this request stays known, whatever this node forgets meanwhile. */
    private final Map<Author, Standing> met = new HashMap<>();

    private final Set<Author> asked = new HashSet<>();

    Associations(ReadSession session, Known known) {
        this.session = session;
        this.known = known;
    }

    /** Asks along with {@code round} for those who usually write in the repository. */
    void expectIn(Round round, long repository) {
        known.authorsIn(repository).forEach(author -> expect(round, repository, author));
    }

    /** Asks along with {@code round} for those authors of issues, pull requests and comments who are not known. */
    void expect(Round round, Collection<Item> written) {
        for (Item item : written) {
            known.wrote(item.number(Attr.REPOSITORY_ID), item.number(Attr.AUTHOR_ID));
            expect(round, item.number(Attr.REPOSITORY_ID), item.number(Attr.AUTHOR_ID));
        }
    }

    private void expect(Round round, long repository, long account) {
        Item item = session.item(Keys.repository(repository));
        Long owner = item == null ? known.ownerOf(repository) : Long.valueOf(item.number(Attr.OWNER_ID));
        if (owner != null && owner != account) {
            Author author = new Author(repository, owner, account);
            if (standing(author) == null) {
                round.get(keys(author));
                asked.add(author);
            }
        }
    }

    /** Takes note of all that were asked for along with rounds that have run, needed or not. */
    void took() {
        asked.forEach(author -> read(author, session.item(Keys.repository(author.repository()))));
        asked.clear();
    }

    /** Learns the standing from what was read; {@code null} when not all that it takes was. */
    private @Nullable Standing read(Author author, @Nullable Item repository) {
        List<ItemKey> keys = keys(author);
        if (repository == null
                || repository.number(Attr.OWNER_ID) != author.owner()
                || !keys.stream().allMatch(session::has)) {
            return null;
        }
        Standing standing = new Standing(
                AuthorAssociation.of(Visibility.access(author.account(), repository, session::item)), items(keys));
        known.stands(author, standing);
        return standing;
    }

    /** How the author of something stands to its repository, which must have been read. */
    AuthorAssociation of(Item written) {
        long repository = written.number(Attr.REPOSITORY_ID);
        long account = written.number(Attr.AUTHOR_ID);
        Item item = session.item(Keys.repository(repository));
        if (item == null) {
            throw new IllegalStateException("repository " + repository + " was not read");
        }
        Author author = new Author(repository, item.number(Attr.OWNER_ID), account);
        Standing standing = read(author, item);
        if (standing == null) {
            standing = standing(author);
        } else {
            met.put(author, standing);
        }
        if (standing == null) {
            throw new IllegalStateException("author " + account + " was not asked for");
        }
        return standing.association();
    }

    private List<ItemKey> keys(Author author) {
        return Visibility.keys(author.account(), author.repository(), author.owner(), known.kindOf(author.owner()));
    }

    private List<@Nullable Item> items(List<ItemKey> keys) {
        List<@Nullable Item> items = new ArrayList<>();
        keys.forEach(key -> items.add(session.raw(key)));
        return items;
    }

    private @Nullable Standing standing(Author author) {
        Standing standing = met.get(author);
        boolean fresh = session.mustBeFresh("r:" + author.repository()) || session.mustBeFresh("a:" + author.owner());
        if (standing == null && !fresh) {
            standing = known.standing(author);
            if (standing != null) {
                met.put(author, standing);
            }
        }
        return standing;
    }

    /** When any of those standings changed last; see {@link ReadSession#lastChange}. */
    @Nullable
    Long lastChange(long ofNothing) {
        long latest = 0;
        for (Standing standing : met.values()) {
            Long changed = ReadSession.lastChange(standing.items(), ofNothing);
            if (changed == null) {
                return null;
            }
            latest = Math.max(latest, changed);
        }
        return latest;
    }
}

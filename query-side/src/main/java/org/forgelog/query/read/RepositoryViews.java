package org.forgelog.query.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.api.representation.RepositoryView;
import org.forgelog.api.representation.RepositoryView.Counts;
import org.forgelog.api.representation.RepositoryView.Origin;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Repositories as clients see them, from their items. */
final class RepositoryViews {

    private final ReadContext read;

    RepositoryViews(ReadContext read) {
        this.read = read;
    }

    /** The item of a repository that is there. */
    Item item(long id) {
        return Objects.requireNonNull(read.lookup().item(Keys.repository(id)), "a repository that is not there");
    }

    /** Has a repository and its counts read together, as is best in lists. */
    void expect(long id) {
        List<ItemKey> keys = List.of(Keys.repository(id), Keys.counters(id), Keys.forkCounts(id));
        read.lookup().together(Range.all(Spans.repositoryWithCounts(id), keys.size() + 1, false), keys);
    }

    /** Which repository an entry of a list of repositories means. */
    static long idOf(Item entry) {
        return entry.number(entry.is(ItemType.REPOSITORY) ? Attr.ID : Attr.REPOSITORY_ID);
    }

    /** The present address and owner of a repository. */
    RepositoryRef ref(long id) {
        Item item = item(id);
        return new RepositoryRef(
                new AccountId(item.number(Attr.OWNER_ID)),
                item.string(Attr.OWNER_LOGIN),
                item.string(Attr.NAME),
                numbering(item));
    }

    /** A repository with its counts. */
    RepositoryJson counted(long id) {
        return json(id, counts(id), unnamedOrigin(id), read.people().owner(item(id)));
    }

    /** The same in a list of repositories, which may be of many owners. */
    RepositoryJson listed(long id) {
        return json(id, counts(id), unnamedOrigin(id), read.people().ownerAmongMany(item(id)));
    }

    /** A repository with all there is to say of it, and, if it is a fork, of what it comes from. */
    RepositoryJson full(long id) {
        Counts counts = counts(id);
        Item item = item(id);
        if (!item.has(Attr.PARENT_ID)) {
            return json(id, counts, null, read.people().owner(item));
        }
        long source = item.number(Attr.SOURCE_ID);
        Origin origin = new Origin(elsewhere(item.number(Attr.PARENT_ID)), elsewhere(source));
        long network = counts(source).network();
        return json(
                id,
                read.visibility().canSee(source) ? counts.inNetwork(network) : counts,
                origin,
                read.people().owner(item));
    }

    /** Another repository, where it is only part of an answer; nothing when it is gone or hidden from the caller. */
    @Nullable
    RepositoryJson elsewhere(long id) {
        return read.visibility().canSee(id) && read.lookup().item(Keys.repository(id)) != null ? counted(id) : null;
    }

    private @Nullable Origin unnamedOrigin(long id) {
        return item(id).has(Attr.PARENT_ID) ? new Origin(null, null) : null;
    }

    private Counts counts(long id) {
        Item counters = read.lookup().item(Keys.counters(id));
        Item forks = read.lookup().item(Keys.forkCounts(id));
        long direct = forks == null ? 0 : forks.number(Attr.FORKS, 0);
        return new Counts(
                counters == null ? 0 : counters.number(Attr.STARS, 0),
                counters == null ? 0 : counters.number(Attr.SUBSCRIBERS, 0),
                direct,
                forks == null ? 0 : Math.max(direct, forks.number(Attr.NETWORK, 0)),
                counters == null ? 0 : counters.number(Attr.OPEN_ISSUES, 0),
                counters == null ? 0 : counters.number(Attr.OPEN_PULLS, 0));
    }

    private RepositoryJson json(long id, Counts counts, @Nullable Origin origin, SimpleUser owner) {
        Item item = item(id);
        return RepositoryJson.of(
                read.links(),
                new RepositoryView(
                        new RepositoryId(id),
                        owner,
                        item.string(Attr.NAME),
                        settings(item),
                        item.texts(Attr.TOPICS),
                        origin,
                        numbering(item),
                        item.flag(Attr.ARCHIVED),
                        item.instant(Attr.CREATED_AT),
                        item.instant(Attr.UPDATED_AT),
                        counts,
                        read.callerId() == null ? null : read.visibility().permission(item)));
    }

    private static Numbering numbering(Item item) {
        return Conversations.pullsAreIssues(item) ? Numbering.SHARED : Numbering.SEPARATE;
    }

    static RepositorySettings settings(Item item) {
        Map<RepositoryFlag, Boolean> flags = new EnumMap<>(RepositoryFlag.class);
        Map<String, AttributeValue> differingFlags = item.map(Attr.FLAGS);
        for (RepositoryFlag flag : RepositoryFlag.values()) {
            AttributeValue value = differingFlags.get(flag.field());
            if (value != null) {
                flags.put(flag, value.bool());
            }
        }
        Map<RepositoryOption, String> options = new EnumMap<>(RepositoryOption.class);
        Map<String, AttributeValue> differingOptions = item.map(Attr.OPTIONS);
        for (RepositoryOption option : RepositoryOption.values()) {
            AttributeValue value = differingOptions.get(option.field());
            if (value != null) {
                options.put(option, value.s());
            }
        }
        return new RepositorySettings(
                item.text(Attr.DESCRIPTION, null),
                item.text(Attr.ABOUT, null),
                item.text(Attr.HOMEPAGE, null),
                item.text(Attr.LANGUAGE, null),
                item.string(Attr.DEFAULT_BRANCH),
                item.flag(Attr.PRIVATE),
                flags,
                options);
    }
}

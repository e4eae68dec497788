package org.forgelog.query.read;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.forgelog.api.representation.AccountView;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.RepositoryView;
import org.forgelog.api.representation.SimpleUser;
import org.forgelog.api.representation.UserJson;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Repositories and accounts as clients see them, from their items. */
final class RepositoryViews {

    private final Reading reading;

    RepositoryViews(Reading reading) {
        this.reading = reading;
    }

    /** A repository with its counts; item, counters and owner must have been read. */
    RepositoryJson counted(long id) {
        return json(id, counts(id), unnamedOrigin(id));
    }

    /** A repository with all there is to say of it; what it comes from must have been read too. */
    RepositoryJson full(long id) {
        List<Long> origin = reading.origin(id);
        RepositoryView.Counts counts = counts(id);
        if (origin.isEmpty()) {
            return json(id, counts, null);
        }
        long source = origin.getLast();
        RepositoryView.Counts inNetwork =
                reading.canSee(source) ? counts.inNetwork(counts(source).network()) : counts;
        return json(id, inNetwork, new RepositoryView.Origin(elsewhere(origin.getFirst()), elsewhere(source)));
    }

    /** Another repository, where it is only part of an answer; nothing when it is gone or hidden from the caller. */
    @Nullable
    RepositoryJson elsewhere(long id) {
        return reading.canSee(id) ? uncounted(id) : null;
    }

    /** A repository where it is only part of an answer. */
    RepositoryJson uncounted(long id) {
        return json(id, null, unnamedOrigin(id));
    }

    private RepositoryView.@Nullable Origin unnamedOrigin(long id) {
        return reading.repositoryItem(id).has(Attr.PARENT_ID) ? new RepositoryView.Origin(null, null) : null;
    }

    private RepositoryView.Counts counts(long id) {
        Item counters = reading.session().item(Keys.counters(id));
        Item forks = reading.session().item(Keys.forkCounts(id));
        long direct = forks == null ? 0 : forks.number(Attr.FORKS, 0);
        return new RepositoryView.Counts(
                counters == null ? 0 : counters.number(Attr.STARS, 0),
                direct,
                forks == null ? 0 : Math.max(direct, forks.number(Attr.NETWORK, 0)),
                counters == null ? 0 : counters.number(Attr.OPEN_ISSUES, 0),
                counters == null ? 0 : counters.number(Attr.OPEN_PULLS, 0));
    }

    private RepositoryJson json(
            long id, RepositoryView.@Nullable Counts counts, RepositoryView.@Nullable Origin origin) {
        Item item = reading.repositoryItem(id);
        long ownerId = item.number(Attr.OWNER_ID);
        SimpleUser owner = reading.people().user(ownerId);
        // The address is the repository's own; it follows its owner's login by an event of its own.
        SimpleUser addressed = SimpleUser.of(
                reading.links(),
                new AccountId(ownerId),
                item.string(Attr.OWNER_LOGIN),
                "Organization".equals(owner.type()) ? AccountKind.ORGANIZATION : AccountKind.USER,
                owner.siteAdmin());
        return RepositoryJson.of(
                reading.links(),
                new RepositoryView(
                        new RepositoryId(id),
                        addressed,
                        item.string(Attr.NAME),
                        settings(item),
                        item.texts(Attr.TOPICS),
                        origin,
                        item.flag(Attr.ARCHIVED),
                        item.instant(Attr.CREATED_AT),
                        item.instant(Attr.UPDATED_AT),
                        counts,
                        reading.caller().accountId() == null ? null : reading.permission(id)));
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

    /** An account in full; its items must have been read. */
    UserJson account(long id) {
        Item item = reading.session().item(Keys.account(id));
        if (item == null || item.flag(Attr.DELETED)) {
            throw Rejection.notFound();
        }
        return UserJson.of(reading.links(), view(item), reading.caller().is(new AccountId(id)));
    }

    /** An account's data; its counts must have been asked for. */
    AccountView view(Item item) {
        AccountId accountId = new AccountId(item.number(Attr.ID));
        Item counts = reading.session().item(Keys.accountCounts(accountId.value()));
        return new AccountView(
                accountId,
                item.string(Attr.LOGIN),
                AccountKind.valueOf(item.string(Attr.KIND)),
                profile(item),
                item.flag(Attr.SUSPENDED),
                item.flag(Attr.SITE_ADMIN),
                item.instant(Attr.CREATED_AT),
                item.instant(Attr.UPDATED_AT),
                counts == null ? 0 : counts.number(Attr.PUBLIC_REPOSITORIES, 0),
                counts == null ? 0 : counts.number(Attr.PRIVATE_REPOSITORIES, 0));
    }

    private static Profile profile(Item item) {
        return new Profile(
                item.text(Attr.NAME, null),
                item.text(Attr.EMAIL, null),
                item.text(Attr.BLOG, null),
                item.text(Attr.TWITTER, null),
                item.text(Attr.COMPANY, null),
                item.text(Attr.LOCATION, null),
                item.maybe(Attr.HIREABLE),
                item.text(Attr.BIO, null),
                item.text(Attr.PLAN, null));
    }
}

package org.forgelog.query.projection.projector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.forgelog.domain.Change;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountEvent.AccountDeleted;
import org.forgelog.domain.account.AccountEvent.AccountDemoted;
import org.forgelog.domain.account.AccountEvent.AccountPromoted;
import org.forgelog.domain.account.AccountEvent.AccountRegistered;
import org.forgelog.domain.account.AccountEvent.AccountRenamed;
import org.forgelog.domain.account.AccountEvent.AccountSuspended;
import org.forgelog.domain.account.AccountEvent.AccountUnsuspended;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.EmailsRemoved;
import org.forgelog.domain.account.AccountEvent.OrganizationEvent;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountEvent.TokenIssued;
import org.forgelog.domain.account.AccountEvent.TokenRevoked;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.IndexKeys;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.ItemType;
import org.forgelog.query.table.Keys;
import org.jspecify.annotations.Nullable;

/** Accounts and logins. */
final class AccountProjector {

    private AccountProjector() {}

    static List<ItemMutation> mutations(AccountEvent event) {
        AccountId id = event.accountId();
        ItemKey key = Keys.account(id.value());
        return switch (event) {
            case AccountRegistered e -> registered(e, id);
            case EmailsAdded e -> List.of(emails(id, present -> present.addAll(e.emails())));
            case EmailsRemoved e -> List.of(emails(id, present -> present.removeAll(e.emails())));
            case ProfileEdited e -> List.of(ItemMutation.edit(key, item -> edited(item, e.changes(), e.editedAt())));
            case AccountRenamed e ->
                List.of(
                        ItemMutation.edit(key, item -> updated(item.with(Attr.LOGIN, e.login()), e.renamedAt())),
                        released(e.oldLogin(), id),
                        taken(e.login(), id));
            case AccountSuspended e ->
                List.of(ItemMutation.edit(key, item -> updated(item.with(Attr.SUSPENDED, true), e.suspendedAt())));
            case AccountUnsuspended e ->
                List.of(ItemMutation.edit(key, item -> updated(item.with(Attr.SUSPENDED, false), e.unsuspendedAt())));
            case AccountPromoted e ->
                List.of(
                        ItemMutation.edit(key, item -> updated(item.with(Attr.SITE_ADMIN, true), e.promotedAt())),
                        siteAdmin(id, true));
            case AccountDemoted e ->
                List.of(
                        ItemMutation.edit(key, item -> updated(item.without(Attr.SITE_ADMIN), e.demotedAt())),
                        siteAdmin(id, false));
            case AccountDeleted e ->
                List.of(
                        ItemMutation.edit(key, item -> deleted(item, e.deletedAt())),
                        released(e.login(), id),
                        ItemMutation.of(Keys.emails(id.value()), item -> null),
                        siteAdmin(id, false),
                        ItemMutation.of(Keys.accountSweep(id.value()), item -> Item.of(
                                        Keys.accountSweep(id.value()), ItemType.SWEEP)
                                .with(Attr.ACCOUNT_ID, id.value())));
            case TokenIssued e -> List.of();
            case TokenRevoked e -> List.of();
            case OrganizationEvent e -> OrganizationProjector.mutations(e);
        };
    }

    private static List<ItemMutation> registered(AccountRegistered e, AccountId id) {
        List<ItemMutation> mutations = new ArrayList<>();
        mutations.add(ItemMutation.create(registered(e)));
        mutations.add(taken(e.login(), id));
        if (e.email() != null) {
            mutations.add(emails(id, present -> present.add(e.email())));
        }
        return mutations;
    }

    /** In an item of their own: what many read of an account is none of these. */
    private static ItemMutation emails(AccountId id, Consumer<List<String>> change) {
        ItemKey key = Keys.emails(id.value());
        return ItemMutation.of(key, before -> {
            Item item = before == null ? Item.of(key, ItemType.EMAILS).with(Attr.ACCOUNT_ID, id.value()) : before;
            List<String> emails = new ArrayList<>(item.texts(Attr.EMAILS));
            change.accept(emails);
            return item.withTexts(Attr.EMAILS, emails);
        });
    }

    /** In an item of its own, so that a list of many owners is told of all who are by one query. */
    private static ItemMutation siteAdmin(AccountId id, boolean is) {
        ItemKey key = Keys.siteAdmin(id.value());
        return ItemMutation.of(
                key, before -> is ? Item.of(key, ItemType.SITE_ADMIN).with(Attr.ACCOUNT_ID, id.value()) : null);
    }

    private static Item registered(AccountRegistered e) {
        Item item = Item.of(Keys.account(e.accountId().value()), ItemType.ACCOUNT)
                .with(Attr.ID, e.accountId().value())
                .with(Attr.LOGIN, e.login())
                .with(Attr.KIND, e.kind().name())
                .with(Attr.SUSPENDED, e.suspended())
                .with(Attr.CREATED_AT, e.registeredAt())
                .with(Attr.UPDATED_AT, e.registeredAt());
        return e.kind() == AccountKind.ORGANIZATION
                ? item.with(
                                Attr.OF_MEMBERS,
                                OrganizationSettings.DEFAULT.ofMembers().name())
                        .in(IndexKeys.organization(e.accountId().value()))
                : item.in(IndexKeys.user(e.accountId().value()));
    }

    private static Item edited(Item item, Profile.Changes changes, Instant at) {
        Item after = item;
        after = text(after, Attr.NAME, changes.name());
        after = text(after, Attr.EMAIL, changes.email());
        after = text(after, Attr.BLOG, changes.blog());
        after = text(after, Attr.TWITTER, changes.twitterUsername());
        after = text(after, Attr.COMPANY, changes.company());
        after = text(after, Attr.LOCATION, changes.location());
        after = text(after, Attr.BIO, changes.bio());
        after = text(after, Attr.PLAN, changes.paymentPlanId());
        if (changes.hireable() != null) {
            after = after.with(Attr.HIREABLE, changes.hireable().value());
        }
        return updated(after, at);
    }

    /** The item with a changed text; also for other projectors. */
    static Item text(Item item, String name, @Nullable Change<String> change) {
        return change == null ? item : item.with(name, change.value());
    }

    /** Nothing of the person stays but what shows that the account was there. */
    private static Item deleted(Item item, Instant at) {
        return Item.of(item.key(), ItemType.ACCOUNT)
                .with(Attr.ID, item.number(Attr.ID))
                .with(Attr.KIND, item.string(Attr.KIND))
                .with(Attr.DELETED, true)
                .with(Attr.CREATED_AT, item.instant(Attr.CREATED_AT))
                .with(Attr.UPDATED_AT, at);
    }

    private static Item updated(Item item, Instant at) {
        return item.with(Attr.UPDATED_AT, at);
    }

    private static ItemMutation taken(String login, AccountId id) {
        ItemKey key = Keys.login(login);
        return ItemMutation.of(key, before -> Item.of(key, ItemType.LOGIN).with(Attr.ACCOUNT_ID, id.value()));
    }

    private static ItemMutation released(String login, AccountId id) {
        return ItemMutation.of(
                Keys.login(login),
                before -> before != null && Objects.equals(before.number(Attr.ACCOUNT_ID), id.value()) ? null : before);
    }
}

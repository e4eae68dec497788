package org.forgelog.query.verify;

import static org.forgelog.query.verify.KeyFormat.digits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.forgelog.domain.account.AccountEvent.MemberAdded;
import org.forgelog.domain.account.AccountEvent.MemberRemoved;
import org.forgelog.domain.account.AccountEvent.MemberRoleChanged;
import org.forgelog.domain.account.AccountEvent.MembershipConcealed;
import org.forgelog.domain.account.AccountEvent.MembershipPublicized;
import org.forgelog.domain.account.AccountEvent.OrganizationEdited;
import org.forgelog.domain.account.AccountEvent.ProfileEdited;
import org.forgelog.domain.account.AccountEvent.TokenIssued;
import org.forgelog.domain.account.AccountEvent.TokenRevoked;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;

/** Accounts and members, but for logins: see {@link NameFold}. */
final class AccountFold {

    private AccountFold() {}

    static Key account(long id) {
        return new Key("A#" + digits(id), "A");
    }

    static void apply(IndependentItems rows, AccountEvent event) {
        Key key = account(event.accountId().value());
        switch (event) {
            case AccountRegistered e -> {
                rows.create(key, "account", said -> registered(said, e));
                if (e.email() != null) {
                    emails(rows, e.accountId(), List.of(e.email()));
                }
            }
            case EmailsAdded e -> emails(rows, e.accountId(), e.emails());
            case EmailsRemoved e ->
                rows.edit(emails(e.accountId()), row -> {
                    List<Object> left = new ArrayList<>((List<?>) row.said().get("emails"));
                    left.removeAll(e.emails());
                    IndependentItems.value(row.said(), "emails", left);
                });
            case ProfileEdited e ->
                rows.edit(key, row -> {
                    profile(row.said(), e.changes());
                    updated(row, e.editedAt());
                });
            case AccountRenamed e ->
                rows.edit(key, row -> {
                    row.said().put("login", e.login());
                    updated(row, e.renamedAt());
                });
            case AccountSuspended e -> suspended(rows, key, true, e.suspendedAt());
            case AccountUnsuspended e -> suspended(rows, key, false, e.unsuspendedAt());
            case AccountPromoted e -> {
                rows.edit(key, row -> {
                    row.said().put("site_admin", true);
                    updated(row, e.promotedAt());
                });
                long admin = e.accountId().value();
                rows.set(admin(e.accountId()), "site_admin", said -> said.put("account_id", admin));
            }
            case AccountDemoted e -> {
                rows.edit(key, row -> {
                    row.said().remove("site_admin");
                    updated(row, e.demotedAt());
                });
                rows.remove(admin(e.accountId()));
            }
            case AccountDeleted e -> {
                rows.edit(key, row -> {
                    row.said().keySet().retainAll(Set.of("id", "kind", "created_at"));
                    row.said().put("deleted", true);
                    updated(row, e.deletedAt());
                });
                rows.remove(emails(e.accountId()));
                rows.remove(admin(e.accountId()));
                rows.set(
                        new Key("SWEEP", key.pk()),
                        "sweep",
                        said -> said.put("account_id", event.accountId().value()));
            }
            case TokenIssued e -> {}
            case TokenRevoked e -> {}
            case OrganizationEdited e ->
                rows.edit(key, row -> {
                    organization(row, e.changes());
                    updated(row, e.editedAt());
                });
            case MemberAdded e ->
                member(rows, e.accountId(), e.memberId(), e.role().name(), e.addedAt());
            case MemberRoleChanged e ->
                member(rows, e.accountId(), e.memberId(), e.role().name(), e.changedAt());
            case MembershipConcealed e ->
                rows.edit(member(e.accountId(), e.memberId()), row -> {
                    row.said().put("concealed", true);
                    updated(row, e.concealedAt());
                });
            case MembershipPublicized e ->
                rows.edit(member(e.accountId(), e.memberId()), row -> {
                    row.said().remove("concealed");
                    updated(row, e.publicizedAt());
                });
            case MemberRemoved e -> rows.remove(member(e.accountId(), e.memberId()));
        }
    }

    private static Key admin(AccountId id) {
        return new Key("ADMINS", digits(id.value()));
    }

    private static Key emails(AccountId id) {
        return new Key(account(id.value()).pk(), "E");
    }

    private static void emails(IndependentItems rows, AccountId id, List<String> added) {
        Key key = emails(id);
        if (!rows.isLive(key)) {
            rows.set(key, "emails", said -> said.put("account_id", id.value()));
        }
        rows.edit(key, row -> {
            List<Object> all = new ArrayList<>();
            if (row.said().get("emails") instanceof List<?> before) {
                all.addAll(before);
            }
            all.addAll(added);
            row.said().put("emails", all);
        });
    }

    private static void registered(Map<String, Object> said, AccountRegistered e) {
        long id = e.accountId().value();
        said.put("id", id);
        said.put("login", e.login());
        said.put("kind", e.kind().name());
        said.put("suspended", e.suspended());
        IndependentItems.at(said, "created_at", e.registeredAt());
        IndependentItems.at(said, "updated_at", e.registeredAt());
        if (e.kind() == AccountKind.ORGANIZATION) {
            said.put("of_members", "READ");
            IndependentItems.index(said, 1, "ORGS", digits(id));
        } else {
            IndependentItems.index(said, 1, "USERS", digits(id));
        }
    }

    private static void profile(Map<String, Object> said, Profile.Changes changes) {
        IndependentItems.change(said, "name", changes.name());
        IndependentItems.change(said, "email", changes.email());
        IndependentItems.change(said, "blog", changes.blog());
        IndependentItems.change(said, "twitter_username", changes.twitterUsername());
        IndependentItems.change(said, "company", changes.company());
        IndependentItems.change(said, "location", changes.location());
        IndependentItems.change(said, "hireable", changes.hireable());
        IndependentItems.change(said, "bio", changes.bio());
        IndependentItems.change(said, "payment_plan_id", changes.paymentPlanId());
    }

    private static void suspended(IndependentItems rows, Key key, boolean suspended, Instant at) {
        rows.edit(key, row -> {
            row.said().put("suspended", suspended);
            updated(row, at);
        });
    }

    private static void organization(IndependentItem row, OrganizationSettings.Changes changes) {
        IndependentItems.change(row.said(), "description", changes.description());
        IndependentItems.change(row.said(), "billing_email", changes.billingEmail());
        if (changes.ofMembers() != null) {
            row.said().put("of_members", changes.ofMembers().name());
        }
        IndependentItems.map(row.said(), "flags", flags -> changes.flags()
                .forEach((flag, value) ->
                        IndependentItems.value(flags, flag.field(), value == flag.byDefault() ? null : value)));
    }

    private static Key member(AccountId organization, AccountId member) {
        return new Key(account(organization.value()).pk(), "M#" + digits(member.value()));
    }

    private static void member(
            IndependentItems rows, AccountId organization, AccountId member, String role, Instant at) {
        Key key = member(organization, member);
        if (rows.isLive(key)) {
            rows.edit(key, row -> role(row.said(), role, at));
        } else {
            rows.create(key, "member", said -> {
                said.put("organization_id", organization.value());
                said.put("account_id", member.value());
                IndependentItems.at(said, "created_at", at);
                IndependentItems.index(said, 1, "ORG#" + digits(member.value()), digits(organization.value()));
                role(said, role, at);
            });
        }
    }

    private static void role(Map<String, Object> said, String role, Instant at) {
        said.put("role", role);
        IndependentItems.at(said, "updated_at", at);
    }

    private static void updated(IndependentItem row, Instant at) {
        IndependentItems.at(row.said(), "updated_at", at);
    }
}

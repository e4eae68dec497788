package org.forgelog.query.verify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.forgelog.domain.Change;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.Permission;
import org.forgelog.domain.account.AccountEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationRole;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.comment.CommentEvent;
import org.forgelog.domain.comment.CommentId;
import org.forgelog.domain.comment.CommentPlace;
import org.forgelog.domain.comment.DiffAnchor;
import org.forgelog.domain.comment.DiffSide;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.conversation.LockReason;
import org.forgelog.domain.invitation.InvitationEvent;
import org.forgelog.domain.invitation.InvitationId;
import org.forgelog.domain.invitation.Offer;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent;
import org.forgelog.domain.issue.IssueKey;
import org.forgelog.domain.label.LabelEvent;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.milestone.MilestoneEvent;
import org.forgelog.domain.pullrequest.Branch;
import org.forgelog.domain.pullrequest.MergeMethod;
import org.forgelog.domain.pullrequest.PullRequestEvent;
import org.forgelog.domain.pullrequest.PullRequestKey;
import org.forgelog.domain.reaction.ReactionContent;
import org.forgelog.domain.reaction.ReactionEvent;
import org.forgelog.domain.reaction.ReactionTarget;
import org.forgelog.domain.repository.Fork;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.RepositoryEvent;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.star.StarEvent;
import org.forgelog.domain.subscription.SubscriptionEvent;

/** Histories that no hand would write: anything that commands allow, in an order that follows from a seed alone. */
public final class RandomForge {

    private static final String SHA = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";
    private static final String[] WORDS = {"alpha", "Beta", "gamma", "Delta", "eps", "zeta", "eta", "Theta"};

    private final Random random;
    private final List<DomainEvent> events = new ArrayList<>();
    private final Map<Long, Account> accounts = new TreeMap<>();
    private final Map<Long, Repository> repositories = new TreeMap<>();
    private Instant clock = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(2, ChronoUnit.DAYS);
    private final Map<String, InvitationId> invitations = new TreeMap<>();
    private long nextId = 100;

    private static final class Account {
        final AccountId id;
        final AccountKind kind;
        String login;
        boolean suspended;
        boolean admin;
        final List<Long> tokens = new ArrayList<>();
        final Set<Long> members = new LinkedHashSet<>();
        final Set<Long> concealed = new LinkedHashSet<>();
        final List<String> emails = new ArrayList<>();

        Account(long id, AccountKind kind, String login) {
            this.id = new AccountId(id);
            this.kind = kind;
            this.login = login;
        }
    }

    private static final class Repository {
        final RepositoryId id;
        final Fork fork;
        long owner;
        String name;
        boolean hidden;
        boolean archived;
        final List<Thread> threads = new ArrayList<>();
        final Map<Long, String> labels = new TreeMap<>();
        final Map<Long, Boolean> milestones = new TreeMap<>();
        long lastMilestone;
        final Set<Long> stars = new LinkedHashSet<>();
        final Map<Long, Boolean> subscriptions = new TreeMap<>();
        final Set<Long> collaborators = new LinkedHashSet<>();
        final List<CommentEvent.CommentWritten> comments = new ArrayList<>();
        final List<ReactionEvent.ReactionAdded> reactions = new ArrayList<>();

        Repository(long id, Fork fork, long owner, String name, boolean hidden) {
            this.id = new RepositoryId(id);
            this.fork = fork;
            this.owner = owner;
            this.name = name;
            this.hidden = hidden;
        }

        Numbering numbering() {
            return id.value() % 2 == 0 ? Numbering.SHARED : Numbering.SEPARATE;
        }

        long next(boolean issue) {
            boolean shared = numbering() == Numbering.SHARED;
            return 1 + threads.stream().filter(t -> shared || t.issue == issue).count();
        }
    }

    private static final class Thread {
        final boolean issue;
        final long number;
        final long id;
        boolean open = true;
        boolean merged;
        boolean locked;
        final Set<Long> labels = new LinkedHashSet<>();
        final Set<Long> assignees = new LinkedHashSet<>();
        Long milestone;

        Thread(boolean issue, long number, long id) {
            this.issue = issue;
            this.number = number;
            this.id = id;
        }
    }

    public RandomForge(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            register(AccountKind.USER);
        }
        register(AccountKind.ORGANIZATION);
        for (int i = 0; i < 4; i++) {
            create();
        }
    }

    /** What happened since it was last asked, and {@code more} besides. */
    public List<DomainEvent> happens(int more) {
        int until = events.size() + more;
        while (events.size() < until) {
            step();
        }
        List<DomainEvent> happened = List.copyOf(events);
        events.clear();
        return happened;
    }

    private void step() {
        int dice = random.nextInt(1000);
        if (dice < 15) {
            register(chance(4) ? AccountKind.ORGANIZATION : AccountKind.USER);
        } else if (dice < 130) {
            account(pick(accounts.values(), a -> true));
        } else if (dice < 175) {
            create();
        } else {
            Repository repository = pick(repositories.values(), r -> true);
            if (repository == null) {
                create();
            } else if (dice < 340) {
                itself(repository);
            } else if (dice < 410) {
                label(repository);
            } else if (dice < 460) {
                milestone(repository);
            } else if (dice < 550) {
                open(repository, chance(2));
            } else if (dice < 780) {
                thread(repository);
            } else if (dice < 900) {
                comment(repository);
            } else {
                react(repository);
            }
        }
    }

    private void register(AccountKind kind) {
        String login = freeLogin();
        Account account = new Account(nextId++, kind, login);
        accounts.put(account.id.value(), account);
        String email = chance(2) ? login + "@x.org" : null;
        if (email != null) {
            account.emails.add(email);
        }
        add(at -> new AccountEvent.AccountRegistered(account.id, login, kind, email, chance(9), at));
    }

    private String freeLogin() {
        while (true) {
            String login = WORDS[random.nextInt(WORDS.length)] + "-" + random.nextInt(6 + accounts.size());
            if (accounts.values().stream().noneMatch(a -> a.login.equalsIgnoreCase(login))) {
                return chance(2) ? login.toUpperCase(Locale.ROOT) : login;
            }
        }
    }

    private void account(Account a) {
        switch (random.nextInt(10)) {
            case 9 -> emails(a);
            case 0 ->
                add(at -> new AccountEvent.ProfileEdited(
                        a.id,
                        new Profile.Changes(
                                text(),
                                text(),
                                text(),
                                text(),
                                text(),
                                text(),
                                chance(2) ? Change.to(chance(2)) : null,
                                text(),
                                text()),
                        at));
            case 1 -> {
                String old = a.login;
                String login = chance(5) ? swapCase(old) : freeLogin();
                a.login = login;
                add(at -> new AccountEvent.AccountRenamed(a.id, old, login, at));
                owned(a).forEach(r ->
                        add(at -> new RepositoryEvent.RepositoryOwnerRenamed(r.id, a.id, old, login, r.name, at)));
            }
            case 2 -> {
                if (chance(2)) {
                    a.admin = !a.admin;
                    add(at -> a.admin
                            ? new AccountEvent.AccountPromoted(a.id, at)
                            : new AccountEvent.AccountDemoted(a.id, at));
                }
                a.suspended = !a.suspended;
                add(at -> a.suspended
                        ? new AccountEvent.AccountSuspended(a.id, at)
                        : new AccountEvent.AccountUnsuspended(a.id, at));
            }
            case 3 -> {
                long users = accounts.values().stream()
                        .filter(o -> o.kind == AccountKind.USER)
                        .count();
                if (owned(a).isEmpty() && (a.kind == AccountKind.ORGANIZATION || users > 4) && chance(2)) {
                    accounts.remove(a.id.value());
                    accounts.values().forEach(o -> o.members.remove(a.id.value()));
                    add(at -> new AccountEvent.AccountDeleted(a.id, a.login, at));
                }
            }
            case 4 -> {
                long token = nextId++;
                a.tokens.add(token);
                add(at -> new AccountEvent.TokenIssued(
                        a.id, token, "0".repeat(64), "12345678", List.of("repo"), null, at));
            }
            case 5 -> {
                if (!a.tokens.isEmpty()) {
                    long token = a.tokens.removeLast();
                    add(at -> new AccountEvent.TokenRevoked(a.id, token, at));
                }
            }
            default -> organization(pick(accounts.values(), o -> o.kind == AccountKind.ORGANIZATION));
        }
    }

    private void emails(Account a) {
        if (a.emails.size() > 1 && chance(2)) {
            String removed = a.emails.removeLast();
            add(at -> new AccountEvent.EmailsRemoved(a.id, List.of(removed), at));
        } else {
            List<String> added = List.of(nextId++ + "@x.org", nextId++ + "@y.org");
            a.emails.addAll(added);
            add(at -> new AccountEvent.EmailsAdded(a.id, added, at));
        }
    }

    private void subscribe(Repository r, Account any) {
        Account other = chance(3) ? any : known(r.subscriptions.keySet(), any);
        Boolean ignored = r.subscriptions.remove(other.id.value());
        if (ignored != null) {
            add(at -> ignored
                    ? new SubscriptionEvent.RepositoryUnignored(other.id, r.id, at)
                    : new SubscriptionEvent.RepositoryUnwatched(other.id, r.id, at));
        }
        if (ignored == null || chance(2)) {
            boolean now = chance(2);
            r.subscriptions.put(other.id.value(), now);
            add(at -> now
                    ? new SubscriptionEvent.RepositoryIgnored(other.id, r.id, at)
                    : new SubscriptionEvent.RepositoryWatched(other.id, r.id, at));
        }
    }

    private void organization(Account o) {
        if (o == null) {
            return;
        }
        Account member = pick(accounts.values(), a -> a.kind == AccountKind.USER);
        switch (random.nextInt(5)) {
            case 4 -> {
                Long shown = pick(o.members, m -> true);
                if (shown != null) {
                    boolean conceals = o.concealed.add(shown);
                    if (!conceals) {
                        o.concealed.remove(shown);
                    }
                    add(at -> conceals
                            ? new AccountEvent.MembershipConcealed(o.id, new AccountId(shown), at)
                            : new AccountEvent.MembershipPublicized(o.id, new AccountId(shown), at));
                }
            }
            case 0 -> {
                Map<OrganizationFlag, Boolean> flags = new EnumMap<>(OrganizationFlag.class);
                flags.put(OrganizationFlag.values()[random.nextInt(OrganizationFlag.values().length)], chance(2));
                add(at -> new AccountEvent.OrganizationEdited(
                        o.id,
                        new OrganizationSettings.Changes(
                                text(), text(), chance(2) ? Permission.values()[random.nextInt(4)] : null, flags),
                        at));
            }
            case 1 -> {
                long id = member.id.value();
                OrganizationRole role = OrganizationRole.values()[random.nextInt(2)];
                if (o.members.add(id)) {
                    add(at -> new AccountEvent.MemberAdded(o.id, member.id, role, at));
                } else {
                    add(at -> new AccountEvent.MemberRoleChanged(o.id, member.id, role, at));
                }
            }
            default -> {
                Long left = pick(o.members, m -> true);
                if (left != null && chance(2)) {
                    o.members.remove(left);
                    o.concealed.remove(left);
                    add(at -> new AccountEvent.MemberRemoved(o.id, new AccountId(left), at));
                } else if (o.members.add(member.id.value())) {
                    add(at -> new AccountEvent.MemberAdded(o.id, member.id, OrganizationRole.MEMBER, at));
                }
            }
        }
    }

    private List<Repository> owned(Account account) {
        return repositories.values().stream()
                .filter(r -> r.owner == account.id.value())
                .toList();
    }

    private String freeName(long owner) {
        while (true) {
            String name =
                    WORDS[random.nextInt(WORDS.length)] + (chance(3) ? random.nextInt(5 + repositories.size()) : "");
            if (repositories.values().stream().noneMatch(r -> r.owner == owner && r.name.equalsIgnoreCase(name))) {
                return chance(3) ? swapCase(name) : name;
            }
        }
    }

    private void create() {
        Account owner = pick(accounts.values(), a -> owned(a).size() < 8);
        if (owner == null) {
            return;
        }
        Repository parent = chance(2) ? pick(repositories.values(), r -> true) : null;
        Fork fork = parent == null ? null : Fork.of(parent.id, parent.fork == null ? null : parent.fork.sourceId());
        Repository r = new Repository(nextId++, fork, owner.id.value(), freeName(owner.id.value()), chance(4));
        repositories.put(r.id.value(), r);
        Map<RepositoryFlag, Boolean> flags = RepositoryFlag.defaults();
        flags.put(RepositoryFlag.HAS_WIKI, chance(2));
        Map<RepositoryOption, String> options = RepositoryOption.defaults();
        options.put(RepositoryOption.MERGE_COMMIT_MESSAGE, chance(2) ? "BLANK" : "PR_TITLE");
        RepositorySettings settings =
                new RepositorySettings(maybe(), maybe(), maybe(), maybe(), "main", r.hidden, flags, options);
        String login = owner.login;
        add(at -> new RepositoryEvent.RepositoryCreated(
                r.id, owner.id, login, r.name, settings, fork, r.numbering(), owner.id, at));
    }

    private void itself(Repository r) {
        Account owner = accounts.get(r.owner);
        Account other = anybody();
        switch (random.nextInt(14)) {
            case 12, 13 -> subscribe(r, other);
            case 0, 1 -> {
                Boolean hidden = chance(2) ? Boolean.valueOf(!r.hidden) : null;
                r.hidden = hidden == null ? r.hidden : hidden;
                RepositoryOption option = RepositoryOption.values()[random.nextInt(5)];
                add(at -> new RepositoryEvent.RepositoryEdited(
                        r.id,
                        new RepositorySettings.Changes(
                                text(),
                                text(),
                                text(),
                                text(),
                                maybe(),
                                hidden,
                                Map.of(RepositoryFlag.HAS_ISSUES, chance(2)),
                                Map.of(option, option.words().get(random.nextInt(2)))),
                        at));
            }
            case 2 -> {
                String old = r.name;
                r.name = chance(5) ? swapCase(old) : freeName(r.owner);
                String now = r.name;
                add(at -> new RepositoryEvent.RepositoryRenamed(r.id, owner.id, owner.login, old, now, at));
            }
            case 3 -> {
                if (other.id.value() != r.owner) {
                    String old = r.name;
                    r.owner = other.id.value();
                    r.name = "moved-" + nextId++;
                    r.collaborators.remove(r.owner);
                    String now = r.name;
                    add(at -> new RepositoryEvent.RepositoryTransferred(
                            r.id, owner.id, owner.login, old, other.id, other.login, now, owner.id, at));
                }
            }
            case 4 -> {
                r.archived = !r.archived;
                add(at -> r.archived
                        ? new RepositoryEvent.RepositoryArchived(r.id, at)
                        : new RepositoryEvent.RepositoryUnarchived(r.id, at));
            }
            case 5 -> {
                if (repositories.size() > 6 && chance(2)) {
                    repositories.remove(r.id.value());
                    add(at -> new RepositoryEvent.RepositoryDeleted(r.id, owner.id, owner.login, r.name, at));
                }
            }
            case 6 ->
                add(at -> new RepositoryEvent.TopicsReplaced(
                        r.id, chance(3) ? List.of() : List.of("x", "y" + random.nextInt(3)), owner.id, at));
            case 7, 8 -> collaborate(r, other);
            case 9 -> invite(r, other);
            default -> {
                Account fan = chance(2) ? other : known(r.stars, other);
                if (r.stars.remove(fan.id.value())) {
                    add(at -> new StarEvent.RepositoryUnstarred(fan.id, r.id, at));
                } else {
                    r.stars.add(fan.id.value());
                    add(at -> new StarEvent.RepositoryStarred(fan.id, r.id, at));
                }
            }
        }
    }

    private void invite(Repository r, Account other) {
        AccountId by = new AccountId(r.owner);
        Offer offer =
                switch (random.nextInt(3)) {
                    case 0 -> Offer.collaboration(r.id, Permission.values()[1 + random.nextInt(5)]);
                    case 1 -> Offer.membership(by, OrganizationRole.values()[random.nextInt(2)]);
                    default -> Offer.ownership(r.id, new RepositoryName("mine-" + random.nextInt(9)));
                };
        String what = other.id + " " + offer.kind() + " " + offer.target();
        InvitationId known = invitations.get(what);
        InvitationId id = known == null ? new InvitationId(nextId++) : known;
        if (known == null) {
            invitations.put(what, id);
            add(at -> new InvitationEvent.InvitationSent(id, other.id, offer, by, at));
        }
        if (known != null || chance(2)) {
            add(at -> new InvitationEvent.InvitationChanged(id, other.id, offer, by, at));
        }
        if (chance(2)) {
            invitations.remove(what);
            InvitationEvent.Outcome outcome =
                    InvitationEvent.Outcome.values()[random.nextInt(InvitationEvent.Outcome.values().length)];
            add(at -> new InvitationEvent.InvitationEnded(id, other.id, offer, outcome, other.id, at));
        }
    }

    /** One of those, so that what was begun also ends. */
    private Account known(Set<Long> some, Account otherwise) {
        Account one = pick(accounts.values(), a -> some.contains(a.id.value()));
        return one == null ? otherwise : one;
    }

    private void collaborate(Repository r, Account any) {
        Account other = chance(2) ? any : known(r.collaborators, any);
        AccountId by = new AccountId(r.owner);
        Permission permission = Permission.values()[1 + random.nextInt(5)];
        if (other.id.value() == r.owner) {
            return;
        }
        if (r.collaborators.add(other.id.value())) {
            add(at -> new RepositoryEvent.CollaboratorAdded(r.id, other.id, permission, by, at));
        } else if (chance(2)) {
            add(at -> new RepositoryEvent.CollaboratorPermissionChanged(r.id, other.id, permission, by, at));
        } else {
            r.collaborators.remove(other.id.value());
            add(at -> new RepositoryEvent.CollaboratorRemoved(r.id, other.id, by, at));
        }
    }

    private void label(Repository r) {
        AccountId by = anybody().id;
        Long id = pick(r.labels.keySet(), l -> true);
        String name = WORDS[random.nextInt(WORDS.length)] + " " + random.nextInt(4);
        boolean free = r.labels.values().stream().noneMatch(name::equalsIgnoreCase);
        if (free && (id == null || chance(2))) {
            LabelId label = new LabelId(nextId++);
            r.labels.put(label.value(), name);
            add(at -> new LabelEvent.LabelCreated(r.id, label, name, "ededed", maybe(), by, at));
        } else if (id != null && chance(3)) {
            String old = r.labels.remove(id);
            add(at -> new LabelEvent.LabelDeleted(r.id, new LabelId(id), old, by, at));
        } else if (id != null) {
            String old = r.labels.get(id);
            String now = chance(3) ? swapCase(old) : free ? name : old;
            r.labels.put(id, now);
            add(at -> new LabelEvent.LabelEdited(
                    r.id, new LabelId(id), old, now, chance(2) ? "00ff00" : null, text(), by, at));
        }
    }

    private void milestone(Repository r) {
        AccountId by = anybody().id;
        Long number = pick(r.milestones.keySet(), m -> true);
        if (number == null || chance(4)) {
            long next = ++r.lastMilestone;
            r.milestones.put(next, true);
            long id = nextId++;
            Instant due = chance(2) ? clock.plus(30, ChronoUnit.DAYS) : null;
            add(at -> new MilestoneEvent.MilestoneCreated(r.id, next, id, "v" + next, maybe(), due, by, at));
        } else if (chance(6)) {
            // Whatever is planned for it goes on to name it.
            r.milestones.remove(number);
            add(at -> new MilestoneEvent.MilestoneDeleted(r.id, number, by, at));
        } else if (chance(2)) {
            Change<Instant> due = chance(2) ? null : Change.to(chance(2) ? null : clock);
            add(at -> new MilestoneEvent.MilestoneEdited(r.id, number, maybe(), text(), due, by, at));
        } else {
            boolean open = !r.milestones.get(number);
            r.milestones.put(number, open);
            add(at -> open
                    ? new MilestoneEvent.MilestoneReopened(r.id, number, by, at)
                    : new MilestoneEvent.MilestoneClosed(r.id, number, by, at));
        }
    }

    private void plan(Repository r, Thread t, AccountId by) {
        long n = t.number;
        Long before = t.milestone;
        if (before != null) {
            t.milestone = null;
            add(at -> t.issue
                    ? new IssueEvent.IssueDemilestoned(r.id, n, before, t.open, by, at)
                    : new PullRequestEvent.PullRequestDemilestoned(r.id, n, before, t.open, by, at));
        }
        Long next = pick(r.milestones.keySet(), m -> !m.equals(before));
        if (next != null) {
            t.milestone = next;
            add(at -> t.issue
                    ? new IssueEvent.IssueMilestoned(r.id, n, next, t.open, by, at)
                    : new PullRequestEvent.PullRequestMilestoned(r.id, n, next, t.open, by, at));
        }
    }

    private void open(Repository r, boolean issue) {
        AccountId by = anybody().id;
        Thread thread = new Thread(issue, r.next(issue), nextId++);
        r.threads.add(thread);
        Branch head = new Branch(by, r.id, "fix", SHA);
        if (issue) {
            boolean old = chance(10);
            add(at -> new IssueEvent.IssueOpened(
                    r.id, thread.number, thread.id, by, word(), body(), old ? at.minus(365, ChronoUnit.DAYS) : at));
        } else {
            add(at -> new PullRequestEvent.PullRequestOpened(
                    r.id, thread.number, thread.id, by, word(), body(), head, head, chance(2), chance(2), at));
        }
    }

    private void thread(Repository r) {
        // Most happens to few, so that what was begun also ends.
        Thread t = pick(r.threads, chance(3) ? x -> true : x -> x.number <= 2);
        if (t == null) {
            open(r, true);
            return;
        }
        AccountId by = anybody().id;
        long n = t.number;
        switch (random.nextInt(12)) {
            case 9, 10 -> plan(r, t, by);
            case 0, 1 -> {
                String title = chance(2) ? word() : null;
                Change<String> body = chance(2) ? Change.to(body()) : null;
                Branch base = chance(3) ? new Branch(by, r.id, "other", SHA) : null;
                add(at -> t.issue
                        ? new IssueEvent.IssueEdited(
                                r.id, n, title, title == null || chance(3) ? null : word(), body, by, at)
                        : new PullRequestEvent.PullRequestEdited(
                                r.id,
                                n,
                                title,
                                title == null || chance(3) ? null : word(),
                                body,
                                base,
                                chance(2),
                                by,
                                at));
            }
            case 2, 3 -> state(r, t, by);
            case 4, 5 -> {
                Set<Long> some = t.labels;
                Long label = pick(r.labels.keySet(), l -> !some.contains(l));
                if (label != null && (some.isEmpty() || chance(3))) {
                    List<LabelId> added = new ArrayList<>(List.of(new LabelId(label)));
                    Long another = pick(r.labels.keySet(), l -> !some.contains(l) && !l.equals(label));
                    if (another != null) {
                        added.add(new LabelId(another));
                    }
                    added.forEach(l -> some.add(l.value()));
                    add(at -> t.issue
                            ? new IssueEvent.IssueLabelled(r.id, n, added, by, at)
                            : new PullRequestEvent.PullRequestLabelled(r.id, n, added, by, at));
                } else if (!some.isEmpty()) {
                    Long gone = pick(some, l -> true);
                    some.remove(gone);
                    List<LabelId> removed = List.of(new LabelId(gone));
                    add(at -> t.issue
                            ? new IssueEvent.IssueUnlabelled(r.id, n, removed, by, at)
                            : new PullRequestEvent.PullRequestUnlabelled(r.id, n, removed, by, at));
                }
            }
            case 6, 7 -> {
                Long present = chance(2) ? pick(t.assignees, a -> true) : null;
                AccountId who = present == null ? anybody().id : new AccountId(present);
                if (t.assignees.add(who.value())) {
                    add(at -> t.issue
                            ? new IssueEvent.IssueAssigned(r.id, n, List.of(who), by, at)
                            : new PullRequestEvent.PullRequestAssigned(r.id, n, List.of(who), by, at));
                } else {
                    t.assignees.remove(who.value());
                    add(at -> t.issue
                            ? new IssueEvent.IssueUnassigned(r.id, n, List.of(who), by, at)
                            : new PullRequestEvent.PullRequestUnassigned(r.id, n, List.of(who), by, at));
                }
            }
            default -> {
                t.locked = !t.locked;
                LockReason reason = chance(2) ? LockReason.TOO_HEATED : null;
                add(at -> t.issue
                        ? t.locked
                                ? new IssueEvent.IssueLocked(r.id, n, reason, by, at)
                                : new IssueEvent.IssueUnlocked(r.id, n, by, at)
                        : t.locked
                                ? new PullRequestEvent.PullRequestLocked(r.id, n, reason, by, at)
                                : new PullRequestEvent.PullRequestUnlocked(r.id, n, by, at));
            }
        }
    }

    private void state(Repository r, Thread t, AccountId by) {
        long n = t.number;
        if (t.issue && !t.open && chance(3)) {
            add(at -> new IssueEvent.IssueCloseReasonChanged(r.id, n, CloseReason.DUPLICATE, by, at));
        } else if (t.issue) {
            t.open = !t.open;
            add(at -> t.open
                    ? new IssueEvent.IssueReopened(r.id, n, t.milestone, by, at)
                    : new IssueEvent.IssueClosed(r.id, n, CloseReason.NOT_PLANNED, t.milestone, by, at));
        } else if (!t.merged) {
            t.open = !t.open;
            t.merged = !t.open && chance(3);
            add(at -> t.open
                    ? new PullRequestEvent.PullRequestReopened(r.id, n, t.milestone, by, at)
                    : t.merged
                            ? new PullRequestEvent.PullRequestMerged(
                                    r.id,
                                    n,
                                    SHA,
                                    MergeMethod.SQUASH,
                                    null,
                                    null,
                                    t.milestone,
                                    chance(4) ? null : by,
                                    by,
                                    at)
                            : new PullRequestEvent.PullRequestClosed(r.id, n, t.milestone, by, at));
        }
    }

    private void comment(Repository r) {
        CommentEvent.CommentWritten present = pick(r.comments, c -> true);
        AccountId by = anybody().id;
        if (present != null && chance(3)) {
            if (chance(2)) {
                add(at -> new CommentEvent.CommentEdited(
                        present.commentId(), present.place(), longOr("edited"), present.writtenAt(), by, at));
            } else {
                r.comments.remove(present);
                r.reactions.removeIf(x -> x.target().id() == present.commentId().value());
                add(at -> new CommentEvent.CommentDeleted(
                        present.commentId(), present.place(), present.anchor() != null, present.writtenAt(), by, at));
            }
            return;
        }
        // Most happens to few, so that what was begun also ends.
        Thread t = pick(r.threads, chance(3) ? x -> true : x -> x.number <= 2);
        if (t == null) {
            return;
        }
        CommentPlace place = new CommentPlace(
                r.id, t.issue ? ConversationKind.ISSUE : ConversationKind.PULL_REQUEST, t.number, t.id);
        DiffAnchor anchor = !t.issue && chance(2)
                ? new DiffAnchor(
                        SHA, "a/b", 3, 7, DiffSide.RIGHT, chance(2) ? 5 : null, chance(2) ? DiffSide.LEFT : null)
                : null;
        CommentId id = new CommentId(nextId++);
        CommentId to = present != null && present.place().equals(place) ? present.commentId() : null;
        add(at -> new CommentEvent.CommentWritten(id, place, by, longOr("says"), anchor, to, at));
        r.comments.add((CommentEvent.CommentWritten) events.getLast());
    }

    private void react(Repository r) {
        ReactionEvent.ReactionAdded present = pick(r.reactions, x -> true);
        AccountId by = anybody().id;
        if (present != null && chance(3)) {
            r.reactions.remove(present);
            add(at -> new ReactionEvent.ReactionWithdrawn(
                    r.id, present.target(), present.accountId(), present.content(), present.reactionId(), by, at));
            return;
        }
        // Most happens to few, so that what was begun also ends.
        Thread t = pick(r.threads, chance(3) ? x -> true : x -> x.number <= 2);
        if (t == null) {
            return;
        }
        CommentEvent.CommentWritten comment = chance(2) ? pick(r.comments, c -> true) : null;
        ReactionTarget target = comment != null
                ? ReactionTarget.comment(comment.commentId(), comment.place(), comment.writtenAt())
                : t.issue
                        ? ReactionTarget.issue(new IssueKey(r.id, t.number), t.id)
                        : ReactionTarget.pullRequest(new PullRequestKey(r.id, t.number), t.id);
        ReactionContent content = ReactionContent.values()[random.nextInt(8)];
        long id = nextId++;
        add(at -> new ReactionEvent.ReactionAdded(r.id, target, by, content, id, at));
        r.reactions.add((ReactionEvent.ReactionAdded) events.getLast());
    }

    private Account anybody() {
        return pick(accounts.values(), a -> a.kind == AccountKind.USER);
    }

    private void add(Function<Instant, DomainEvent> event) {
        clock = clock.plusMillis(1 + random.nextInt(20_000));
        events.add(event.apply(clock.isAfter(Instant.now()) ? Instant.now() : clock));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(Iterable<T> all, Predicate<T> which) {
        List<T> some = new ArrayList<>();
        all.forEach(each -> {
            if (which.test(each)) {
                some.add(each);
            }
        });
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)] + " " + random.nextInt(1000);
    }

    private String maybe() {
        return chance(2) ? word() : null;
    }

    private String body() {
        return chance(6) ? null : longOr("text");
    }

    private String longOr(String text) {
        return chance(5) ? "ü" + "x".repeat(4094 + random.nextInt(3)) : text + random.nextInt(100);
    }

    private Change<String> text() {
        return chance(2) ? null : Change.to(maybe());
    }

    private static String swapCase(String text) {
        return text.equals(text.toLowerCase(Locale.ROOT))
                ? text.toUpperCase(Locale.ROOT)
                : text.toLowerCase(Locale.ROOT);
    }
}

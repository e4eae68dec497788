package org.forgelog.command.operation;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.forgelog.api.representation.RepositoryJson;
import org.forgelog.api.representation.TopicsJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.directory.RepositoryRow;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.repository.Numbering;
import org.forgelog.domain.repository.Repository;
import org.forgelog.domain.repository.RepositoryCommand.ArchiveRepository;
import org.forgelog.domain.repository.RepositoryCommand.CreateRepository;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryCommand.EditRepository;
import org.forgelog.domain.repository.RepositoryCommand.RenameRepository;
import org.forgelog.domain.repository.RepositoryCommand.ReplaceTopics;
import org.forgelog.domain.repository.RepositoryCommand.UnarchiveRepository;
import org.forgelog.domain.repository.RepositoryFlag;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.RepositoryOption;
import org.forgelog.domain.repository.RepositorySettings;
import org.forgelog.domain.repository.Topic;
import org.jspecify.annotations.Nullable;

/** What those with admin rights do with repositories. */
public final class RepositoryOperations {

    private static final String RESOURCE = "Repository";
    private static final String PUBLIC = "public";
    private static final String PRIVATE = "private";

    private RepositoryOperations() {}

    /** {@code POST /user/repos}. */
    public static Answer create(Session session, Request request) {
        Fields fields = request.fields(RESOURCE);
        String givenName = fields.requiredText("name");
        RepositorySettings.Changes settings = settings(fields);
        Numbering numbering = numbering(fields);
        fields.check();
        request.requireScopeFor(settings.isPrivate());
        // Locked, so that the account is not deleted meanwhile; read again, for it may just have been.
        AccountRow owner = session.directory()
                .account(request.actorId(), Lock.KEEP)
                .filter(row -> !row.deleted())
                .orElseThrow(Rejection::notFound);
        return create(session, request, owner, givenName, settings, numbering).answer();
    }

    /**
     * {@code POST /orgs/{org}/repos}: its admins, and its members as far as it lets them; whoever creates a repository
     * has admin rights on it.
     */
    public static Answer createInOrganization(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.KEEP);
        Organizations.requireMember(session, request, organization);
        Fields fields = request.fields(RESOURCE);
        String givenName = fields.requiredText("name");
        RepositorySettings.Changes settings = settings(fields);
        Numbering numbering = numbering(fields);
        fields.check();
        request.requireScopeFor(settings.isPrivate());
        Organizations.Entrance entrance =
                Organizations.entrance(session, request, organization, Boolean.TRUE.equals(settings.isPrivate()));
        Created created = create(session, request, organization, givenName, settings, numbering);
        entrance.share(created.repository().id());
        return created.answer();
    }

    private record Created(Repository repository, Answer answer) {}

    private static Created create(
            Session session,
            Request request,
            AccountRow owner,
            String givenName,
            RepositorySettings.Changes settings,
            Numbering numbering) {
        RepositoryName name = new RepositoryName(givenName);
        requireFree(session, owner.id(), name);
        RepositoryId id = new RepositoryId(session.directory().nextPublicId());
        Repository repository = session.send(new CreateRepository(
                id, owner.id(), owner.login(), name, settings, null, numbering, request.actorId(), session.now()));
        RepositoryJson json = new Representations(session, request).repository(repository, owner, Permission.ADMIN);
        return new Created(repository, Answer.created(json, json.links().url()));
    }

    /** {@code PATCH /repos/{owner}/{repo}}: name, settings, visibility, archived or not. */
    public static Answer edit(Session session, Request request) {
        RepositoryRow row = Repositories.find(session, request, Lock.CHANGE);
        Repositories.requireAdmin(row);
        Fields fields = request.fields(RESOURCE);
        String newName = fields.text("name");
        Boolean archived = fields.flag("archived");
        RepositorySettings.Changes changes = settings(fields);
        fields.check();
        request.requireScopeFor(changes.isPrivate());
        if (Boolean.TRUE.equals(changes.isPrivate()) && !row.isPrivate() && row.sourceId() != null) {
            throw Rejection.invalid(RESOURCE, PRIVATE, Fault.CUSTOM, "Public forks can't be made private.");
        }
        RepositoryId id = row.id();
        // Out of the archive first, into it last: in between the other changes are allowed.
        if (Boolean.FALSE.equals(archived)) {
            session.send(new UnarchiveRepository(id, session.now()));
        }
        if (newName != null) {
            rename(session, row, new RepositoryName(newName));
        }
        if (!changes.changesNothing()) {
            session.send(new EditRepository(id, changes, session.now()));
        }
        if (Boolean.TRUE.equals(archived)) {
            session.send(new ArchiveRepository(id, session.now()));
        }
        Repository repository = session.repository(id).orElseThrow(Rejection::notFound);
        return Answer.ok(new Representations(session, request).repository(repository, row.owner(), row.permission()));
    }

    /** {@code DELETE /repos/{owner}/{repo}}. */
    public static Answer delete(Session session, Request request) {
        RepositoryRow row = Repositories.find(session, request, Lock.CHANGE);
        Repositories.requireAdmin(row);
        session.send(new DeleteRepository(row.id(), session.now()));
        return Answer.noContent();
    }

    /** {@code PUT /repos/{owner}/{repo}/topics}: all of them anew. As on GitHub they are kept in lower case. */
    public static Answer replaceTopics(Session session, Request request) {
        RepositoryRow row = Repositories.find(session, request, Lock.KEEP);
        Repositories.requireMaintain(row);
        Fields fields = request.fields(RESOURCE);
        List<String> names = fields.requiredTexts("names");
        fields.check();
        List<Topic> topics = names.stream()
                .map(name -> new Topic(name.toLowerCase(Locale.ROOT)))
                .toList();
        Repository repository = session.send(new ReplaceTopics(row.id(), topics, request.actorId(), session.now()));
        return Answer.ok(new TopicsJson(repository.topics()));
    }

    private static void rename(Session session, RepositoryRow row, RepositoryName name) {
        if (!name.key().equals(new RepositoryName(row.name()).key())) {
            requireFree(session, row.owner().id(), name);
        }
        session.send(new RenameRepository(row.id(), name, session.now()));
    }

    static void requireFree(Session session, AccountId owner, RepositoryName name) {
        if (session.directory().hasRepository(owner, name)) {
            throw Rejection.invalid(RESOURCE, "name", Fault.ALREADY_EXISTS, "name already exists on this account");
        }
    }

    private static RepositorySettings.Changes settings(Fields fields) {
        Map<RepositoryFlag, Boolean> flags = new EnumMap<>(RepositoryFlag.class);
        for (RepositoryFlag flag : RepositoryFlag.values()) {
            Boolean value = fields.flag(flag.field());
            if (value != null) {
                flags.put(flag, value);
            }
        }
        Map<RepositoryOption, String> options = new EnumMap<>(RepositoryOption.class);
        for (RepositoryOption option : RepositoryOption.values()) {
            String word = fields.word(option.field());
            if (word != null) {
                options.put(option, word);
            }
        }
        return new RepositorySettings.Changes(
                fields.textChange("description"),
                fields.textChange("about"),
                fields.textChange("homepage"),
                fields.textChange("language"),
                fields.text("default_branch"),
                isPrivate(fields),
                flags,
                options);
    }

    /** Our own, for data of systems that number apart; as on GitHub unless somebody says so. */
    static Numbering numbering(Fields fields) {
        String word = fields.word("numbering");
        return word == null ? Numbering.SHARED : Numbering.of(word);
    }

    /** {@code visibility} is the newer word for {@code private}, and wins. */
    private static @Nullable Boolean isPrivate(Fields fields) {
        Boolean flag = fields.flag(PRIVATE);
        String visibility = fields.word("visibility");
        return visibility == null ? flag : Boolean.valueOf(visibility.equals(PRIVATE));
    }
}

package org.forgelog.command.operation;

import java.util.EnumMap;
import java.util.Map;
import org.forgelog.api.representation.OrganizationSimpleJson;
import org.forgelog.command.directory.AccountRow;
import org.forgelog.command.directory.Directory.Lock;
import org.forgelog.command.execution.Answer;
import org.forgelog.command.execution.Session;
import org.forgelog.domain.Permission;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.Account;
import org.forgelog.domain.account.AccountCommand.DeleteAccount;
import org.forgelog.domain.account.AccountCommand.EditOrganization;
import org.forgelog.domain.account.AccountCommand.RegisterOrganization;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.account.AccountKind;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.account.OrganizationFlag;
import org.forgelog.domain.account.OrganizationSettings;
import org.forgelog.domain.account.Profile;
import org.forgelog.domain.repository.RepositoryCommand.DeleteRepository;
import org.forgelog.domain.repository.RepositoryId;

/** Organizations: the site administrator registers and renames them, their admins set them up and delete them. */
public final class OrganizationOperations {

    private static final String RESOURCE = "Organization";
    private static final String CREATION_TYPE = "members_allowed_repository_creation_type";
    private static final String ALL = "all";
    private static final String NONE = "none";

    private OrganizationOperations() {}

    /** {@code POST /admin/organizations}. */
    public static Answer register(Session session, Request request) {
        Fields fields = request.fields(RESOURCE);
        String givenLogin = fields.requiredText("login");
        String givenAdmin = fields.requiredText("admin");
        String profileName = fields.text("profile_name");
        fields.check();
        Login login = new Login(givenLogin);
        AdminOperations.requireFree(session, RESOURCE, login);
        // Locked, so that the admin is not deleted meanwhile.
        AccountRow admin = named(session, RESOURCE, "admin", givenAdmin);
        if (admin.kind() != AccountKind.USER) {
            throw Rejection.invalid(RESOURCE, "admin", Fault.INVALID, "admin is not a user");
        }
        AccountId id = new AccountId(session.directory().nextPublicId());
        Account organization =
                session.send(new RegisterOrganization(id, login, admin.id(), profileName, session.now()));
        OrganizationSimpleJson json = new Representations(session, request).organization(organization);
        return Answer.created(json, json.url());
    }

    /** An account that a field names, locked; it must be there. */
    static AccountRow named(Session session, String resource, String field, String login) {
        try {
            return session.directory().account(new Login(login), Lock.KEEP).orElseThrow(Rejection::notFound);
        } catch (Rejection malformedOrUnknown) {
            throw Rejection.invalid(resource, field, Fault.INVALID, field + " is nobody here");
        }
    }

    /** {@code PATCH /admin/organizations/{org}}: another login, for it and the addresses of its repositories. */
    public static Answer rename(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        AdminOperations.rename(session, request, organization, RESOURCE);
        return Answer.accepted(new AdminOperations.RenameAccepted(
                "Job queued to rename organization. It may take a few minutes to complete.",
                request.links().base() + "/organizations/" + organization.id()));
    }

    /** {@code PATCH /orgs/{org}}. */
    public static Answer edit(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.KEEP);
        Organizations.requireAdmin(session, request, organization);
        Fields fields = request.fields(RESOURCE);
        Profile.Changes profile = new Profile.Changes(
                fields.textChange("name"),
                fields.textChange("email"),
                fields.textChange("blog"),
                fields.textChange("twitter_username"),
                fields.textChange("company"),
                fields.textChange("location"),
                null,
                null,
                null);
        String ofMembers = fields.text("default_repository_permission");
        OrganizationSettings.Changes settings = new OrganizationSettings.Changes(
                fields.textChange("description"),
                fields.textChange("billing_email"),
                ofMembers == null ? null : Permission.ofMembers(ofMembers),
                flags(fields));
        fields.check();
        Account account = session.send(new EditOrganization(organization.id(), profile, settings, session.now()));
        return Answer.ok(new Representations(session, request).organizationToAdmins(account));
    }

    /** What members may create has three spellings: the newest wins, the oldest gives way. */
    private static Map<OrganizationFlag, Boolean> flags(Fields fields) {
        Map<OrganizationFlag, Boolean> flags = new EnumMap<>(OrganizationFlag.class);
        for (OrganizationFlag flag : OrganizationFlag.values()) {
            Boolean value = fields.flag(flag.field());
            if (value != null) {
                flags.put(flag, value);
            }
        }
        String type = fields.word(CREATION_TYPE);
        Boolean any = flags.get(OrganizationFlag.MEMBERS_CAN_CREATE_REPOSITORIES);
        if (type != null) {
            flags.put(OrganizationFlag.MEMBERS_CAN_CREATE_PUBLIC_REPOSITORIES, type.equals(ALL));
            flags.put(OrganizationFlag.MEMBERS_CAN_CREATE_PRIVATE_REPOSITORIES, !type.equals(NONE));
        } else if (any != null) {
            flags.putIfAbsent(OrganizationFlag.MEMBERS_CAN_CREATE_PUBLIC_REPOSITORIES, any);
            flags.putIfAbsent(OrganizationFlag.MEMBERS_CAN_CREATE_PRIVATE_REPOSITORIES, any);
        }
        return flags;
    }

    /** {@code DELETE /orgs/{org}}: with its repositories. */
    public static Answer delete(Session session, Request request) {
        AccountRow organization = Organizations.find(session, request, Lock.CHANGE);
        Organizations.requireAdmin(session, request, organization);
        for (RepositoryId repository : session.directory().repositoriesOf(organization.id())) {
            session.send(new DeleteRepository(repository, session.now()));
        }
        session.send(new DeleteAccount(organization.id(), session.now()));
        return Answer.accepted(Map.of());
    }
}

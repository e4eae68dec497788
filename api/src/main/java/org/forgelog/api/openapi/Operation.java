package org.forgelog.api.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.forgelog.api.Scope;
import org.forgelog.api.http.AcceptedScopes;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked for, declared once: for its description, for routing, for parsing what a request says, and
 * for who may ask. Made by the catalogue alone, which says what is particular about it; what all reads or all writes have
 * in common comes with {@link OpenApi}.
 *
 * <p>To add a write: declare it in the catalogue, and bind its id to what handles it in the command side's {@code
 * Handlers}. Neither starts without the other. A field of a body that is not declared cannot be read.
 */
public final class Operation {

    /** Who may ask. */
    public enum Audience {
        ANYBODY,
        /** Anybody who has an account that is not suspended. */
        USER,
        /** The same, and the site administrator. */
        USER_OR_SITE_ADMIN,
        /** The site administrator, and users who were made one. */
        SITE_ADMIN,
        OPERATOR
    }

    /**
     * An answer that is no error.
     *
     * @param schema of its JSON; {@code null} for none
     */
    record Success(int status, String description, @Nullable Schema schema, String mediaType) {}

    private static final String REPOSITORY = "/repos/{owner}/{repo}";
    private static final String BY_ID = "-by-repository-id";
    private static final String JSON = "application/json";
    private static final Pattern IN_BRACES = Pattern.compile("\\{(\\w+)}");

    private final String method;
    private final String path;
    private final String id;
    private final String summary;
    private Audience audience;
    private @Nullable AcceptedScopes scopes;
    private @Nullable String description;
    private @Nullable Body body;
    private String resource = "Page";
    private final List<Parameter<?>> query = new ArrayList<>();
    private final List<Success> successes = new ArrayList<>();
    private final Set<Integer> errors = new TreeSet<>();
    private boolean paged;
    private boolean own;
    private boolean onItsOwn;
    private boolean ofCommandSide;
    private boolean stream;

    private Operation(String method, String path, String id, String summary, Audience audience) {
        this.method = method;
        this.path = path;
        this.id = id;
        this.summary = summary;
        this.audience = audience;
    }

    /** @param id as GitHub's description has it: group and name */
    static Operation get(String path, String id, String summary) {
        return new Operation("get", path, id, summary, Audience.ANYBODY);
    }

    static Operation post(String path, String id, String summary) {
        return new Operation("post", path, id, summary, Audience.USER);
    }

    static Operation put(String path, String id, String summary) {
        return new Operation("put", path, id, summary, Audience.USER);
    }

    static Operation patch(String path, String id, String summary) {
        return new Operation("patch", path, id, summary, Audience.USER);
    }

    static Operation delete(String path, String id, String summary) {
        return new Operation("delete", path, id, summary, Audience.USER);
    }

    Operation by(Audience who) {
        audience = who;
        return this;
    }

    /** @param accepted a token must have one of these; said where a write accepts others than most do */
    Operation accepts(Scope... accepted) {
        scopes = AcceptedScopes.of(accepted);
        return this;
    }

    Operation about(String text) {
        description = text;
        return this;
    }

    /** @param about what it is about, as errors name it */
    Operation query(String about, Parameter<?>... parameters) {
        resource = about;
        query.addAll(Arrays.asList(parameters));
        return this;
    }

    /** May be asked for as it was at any moment of the past. */
    Operation ofAnyMoment() {
        query.add(Parameters.AS_OF);
        return this;
    }

    Operation body(Body fields) {
        body = fields;
        return this;
    }

    Operation ok(Class<?> record) {
        return answers(200, "Here it is.", Schema.of(record));
    }

    Operation ok(Schema schema) {
        return answers(200, "Here it is.", schema);
    }

    Operation created(Class<?> record) {
        return answers(201, "It came to be.", Schema.of(record));
    }

    Operation done() {
        return answers(204, "Yes, or done.", null);
    }

    Operation answers(int status, String text, @Nullable Schema schema) {
        successes.add(new Success(status, text, schema, JSON));
        return this;
    }

    /** Answers something that is no JSON. */
    Operation answersText(String mediaType) {
        successes.add(new Success(200, "Here it is.", Schema.text(), mediaType));
        return this;
    }

    /** Answers a page of a list. */
    Operation list(Class<?> record) {
        return list(Schema.of(record));
    }

    Operation list(Schema entry) {
        return page(Schema.listOf(entry));
    }

    /** Answers something that holds a page of a list. */
    Operation page(Schema schema) {
        query.addAll(List.of(Parameters.PER_PAGE, Parameters.PAGE, Parameters.CURSOR));
        paged = true;
        return answers(200, "A page.", schema);
    }

    /** Answers a page of a list that is paged by numbers alone. */
    Operation numbered(Schema entry, Parameter<Integer> perPage) {
        query.addAll(List.of(perPage, Parameters.PAGE));
        paged = true;
        return answers(200, "A page.", Schema.listOf(entry));
    }

    /** May be refused for reasons that others of its kind do not have. */
    Operation refuses(Integer... statuses) {
        errors.addAll(Arrays.asList(statuses));
        return this;
    }

    /** Is none of GitHub's operations. */
    Operation own() {
        own = true;
        return this;
    }

    /** Has nothing to do with the log or the table. */
    Operation onItsOwn() {
        onItsOwn = true;
        return this;
    }

    /** Is a read that the command side answers: of what is in its database and not in the table. */
    Operation ofCommandSide() {
        ofCommandSide = true;
        return onItsOwn();
    }

    /** Goes on while something happens: there is no tag for it. */
    Operation ofStream() {
        stream = true;
        return onItsOwn();
    }

    boolean isStream() {
        return stream;
    }

    /** The same for the repository's id in place of owner and name; {@code null} when it is about no repository. */
    @Nullable
    Operation byRepositoryId() {
        if (!path.startsWith(REPOSITORY)) {
            return null;
        }
        Operation other = new Operation(
                method,
                "/repositories/{repository_id}" + path.substring(REPOSITORY.length()),
                id + BY_ID,
                summary,
                audience);
        other.scopes = scopes;
        other.description = description;
        other.body = body;
        other.resource = resource;
        other.query.addAll(query);
        other.successes.addAll(successes);
        other.errors.addAll(errors);
        other.paged = paged;
        other.own = own;
        other.onItsOwn = ofCommandSide || stream;
        other.stream = stream;
        other.ofCommandSide = ofCommandSide;
        return other;
    }

    /** In lower case, as descriptions have it. */
    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public String id() {
        return id;
    }

    /** The id without what tells how the repository is named: what is done is the same. */
    public String handlerId() {
        return id.replace(BY_ID, "");
    }

    /** The id of the operation whose body this one takes. */
    String bodyId() {
        return handlerId().replace('/', '-');
    }

    String summary() {
        return summary;
    }

    @Nullable
    String description() {
        return description;
    }

    /** Who may ask. */
    public Audience audience() {
        return audience;
    }

    /** The scopes of which a token must have one; more may be needed for what is private. */
    public AcceptedScopes scopes() {
        return scopes == null ? byDefault() : scopes;
    }

    /** Private repositories are not there for tokens without {@link Scope#REPO}. */
    private AcceptedScopes byDefault() {
        if (!isCommand()) {
            return AcceptedScopes.NONE;
        }
        return audience == Audience.SITE_ADMIN
                ? AcceptedScopes.of(Scope.SITE_ADMIN)
                : AcceptedScopes.of(Scope.PUBLIC_REPO, Scope.REPO);
    }

    /** What a request's body may hold; {@code null} when it has none. */
    public @Nullable Body body() {
        return body;
    }

    List<Parameter<?>> query() {
        return query;
    }

    /** All of its parameters but headers: those in the path first. */
    public List<Parameter<?>> parameters() {
        List<Parameter<?>> all = new ArrayList<>();
        Matcher inPath = IN_BRACES.matcher(path);
        while (inPath.find()) {
            all.add(Parameters.ofPath(inPath.group(1)));
        }
        all.addAll(query);
        return all;
    }

    /** What it is about, as errors name it. */
    public String resource() {
        return resource;
    }

    /** Whether it is for callers with an account, wherever it leads. */
    public boolean isForUsers() {
        return audience == Audience.USER && !path.contains("/{repo}") && !path.contains("/{repository_id}");
    }

    List<Success> successes() {
        return successes;
    }

    Set<Integer> errors() {
        return errors;
    }

    public boolean isRead() {
        return method.equals("get");
    }

    boolean isPaged() {
        return paged;
    }

    boolean isOwn() {
        return own;
    }

    boolean isOnItsOwn() {
        return onItsOwn;
    }

    /** Whether the repository is named in a way that may be a former one. */
    boolean mayHaveMoved() {
        return path.contains("/{owner}/{repo}");
    }

    /** Whether the command side's routes lead to it. */
    public boolean isOfCommandSide() {
        return isCommand() || ofCommandSide;
    }

    /** Whether it belongs to the writes, which come with a position. */
    public boolean isCommand() {
        return !isRead() && !onItsOwn;
    }
}

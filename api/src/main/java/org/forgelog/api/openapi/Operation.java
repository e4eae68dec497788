package org.forgelog.api.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked for. Made by the catalogue alone, which says what is particular about it; what all reads or
 * all writes have in common comes with {@link OpenApi}.
 */
public final class Operation {

    /** Who may ask. */
    enum Access {
        ANYBODY,
        USER,
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
    private static final String JSON = "application/json";
    private static final Pattern IN_BRACES = Pattern.compile("\\{(\\w+)}");

    private final String method;
    private final String path;
    private final String id;
    private final String summary;
    private Access access;
    private @Nullable String description;
    private @Nullable Body body;
    private String resource = "Page";
    private final List<Parameter<?>> query = new ArrayList<>();
    private final List<Success> successes = new ArrayList<>();
    private final Set<Integer> errors = new TreeSet<>();
    private boolean paged;
    private boolean own;
    private boolean onItsOwn;

    private Operation(String method, String path, String id, String summary, Access access) {
        this.method = method;
        this.path = path;
        this.id = id;
        this.summary = summary;
        this.access = access;
    }

    /** @param id as GitHub's description has it: group and name */
    static Operation get(String path, String id, String summary) {
        return new Operation("get", path, id, summary, Access.ANYBODY);
    }

    static Operation post(String path, String id, String summary) {
        return new Operation("post", path, id, summary, Access.USER);
    }

    static Operation put(String path, String id, String summary) {
        return new Operation("put", path, id, summary, Access.USER);
    }

    static Operation patch(String path, String id, String summary) {
        return new Operation("patch", path, id, summary, Access.USER);
    }

    static Operation delete(String path, String id, String summary) {
        return new Operation("delete", path, id, summary, Access.USER);
    }

    Operation by(Access who) {
        access = who;
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

    /** The same for the repository's id in place of owner and name; {@code null} when it is about no repository. */
    @Nullable
    Operation byRepositoryId() {
        if (!path.startsWith(REPOSITORY)) {
            return null;
        }
        Operation other = new Operation(
                method,
                "/repositories/{repository_id}" + path.substring(REPOSITORY.length()),
                id + "-by-repository-id",
                summary,
                access);
        other.description = description;
        other.body = body;
        other.resource = resource;
        other.query.addAll(query);
        other.successes.addAll(successes);
        other.errors.addAll(errors);
        other.paged = paged;
        other.own = own;
        return other;
    }

    String method() {
        return method;
    }

    public String path() {
        return path;
    }

    String id() {
        return id;
    }

    /** The id of the operation whose body this one takes. */
    String bodyId() {
        return id.replace("-by-repository-id", "").replace('/', '-');
    }

    String summary() {
        return summary;
    }

    @Nullable
    String description() {
        return description;
    }

    Access access() {
        return access;
    }

    @Nullable
    Body body() {
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
        return access == Access.USER && !path.contains("/{repo}") && !path.contains("/{repository_id}");
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

    /** Whether it belongs to the writes, which come with a position. */
    boolean isCommand() {
        return !isRead() && !onItsOwn;
    }
}

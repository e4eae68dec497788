package org.forgelog.query.http;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.forgelog.api.openapi.Choices.Affiliation;
import org.forgelog.api.openapi.Choices.RepositorySort;
import org.forgelog.api.openapi.Choices.RepositoryType;
import org.forgelog.api.openapi.Parameter;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.read.AccountAddress;
import org.forgelog.query.read.RepositoryLists;
import org.forgelog.query.read.RepositoryLists.Wanted;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists of repositories that a user or an organization owns, or that a user has rights on. */
@RestController
class RepositoryListController {

    /** All public ones by id, after the one that {@code since} names. */
    @GetMapping("/repositories")
    ResponseEntity<?> ofEverybody(QueryRequest request) {
        return request.list(
                AccessPattern.PUBLIC_REPOSITORIES, request.pageSince(), (read, page) -> new RepositoryLists(read)
                        .ofEverybody(page));
    }

    @GetMapping("/users/{username}/repos")
    ResponseEntity<?> ofUser(QueryRequest request) {
        AccountAddress address = AccountAddress.login(request.get(Parameters.USERNAME));
        Wanted wanted = wanted(request, Parameters.REPOSITORY_SORT, item -> true);
        Set<Affiliation> affiliations = affiliations(request.get(Parameters.USER_REPOSITORY_TYPE));
        return request.list(AccessPattern.REPOSITORIES_OF_ACCOUNT, (read, page) -> new RepositoryLists(read)
                .ofUser(address, affiliations, wanted, page));
    }

    @GetMapping("/user/repos")
    ResponseEntity<?> ofSelf(QueryRequest request) {
        AccountAddress self = AccountAddress.id(request.self());
        RepositoryType type = request.get(Parameters.OWN_REPOSITORY_TYPE);
        RepositoryType visibility = request.get(Parameters.VISIBILITY);
        Wanted wanted = wanted(
                request,
                Parameters.REPOSITORY_SORT,
                visible(visibility == RepositoryType.ALL ? type : visibility).and(updated(request)));
        Set<Affiliation> named = request.get(Parameters.AFFILIATIONS);
        Set<Affiliation> affiliations = named == null ? affiliations(type) : named;
        return request.list(AccessPattern.REPOSITORIES_OF_SELF, (read, page) -> new RepositoryLists(read)
                .ofUser(self, affiliations, wanted, page));
    }

    @GetMapping("/orgs/{org}/repos")
    ResponseEntity<?> ofOrganization(QueryRequest request) {
        RepositoryType type = request.get(Parameters.ORGANIZATION_REPOSITORY_TYPE);
        Wanted wanted = wanted(request, Parameters.ORGANIZATION_REPOSITORY_SORT, visible(type));
        return request.list(AccessPattern.REPOSITORIES_OF_ACCOUNT, (read, page) -> new RepositoryLists(read)
                .ofOrganization(request.get(Parameters.ORG), wanted, type == RepositoryType.MEMBER, page));
    }

    private static Wanted wanted(QueryRequest request, Parameter<RepositorySort> sorted, Predicate<Item> filter) {
        RepositorySort sort = request.get(sorted);
        Boolean descending = request.get(Parameters.DIRECTION);
        return new Wanted(sort, descending == null ? sort != RepositorySort.FULL_NAME : descending, filter);
    }

    /** By last change: {@code since} includes its moment, {@code before} does not. */
    private static Predicate<Item> updated(QueryRequest request) {
        Instant since = request.get(Parameters.SINCE);
        Instant before = request.get(Parameters.BEFORE);
        return item -> (since == null || !item.instant(Attr.UPDATED_AT).isBefore(since))
                && (before == null || item.instant(Attr.UPDATED_AT).isBefore(before));
    }

    private static Predicate<Item> visible(RepositoryType type) {
        return switch (type) {
            case PUBLIC -> item -> !item.flag(Attr.PRIVATE);
            case PRIVATE -> item -> item.flag(Attr.PRIVATE);
            case FORKS -> item -> item.has(Attr.PARENT_ID);
            case SOURCES -> item -> !item.has(Attr.PARENT_ID);
            case ALL, OWNER, MEMBER -> item -> true;
        };
    }

    private static Set<Affiliation> affiliations(RepositoryType type) {
        return switch (type) {
            case OWNER -> EnumSet.of(Affiliation.OWNER);
            case MEMBER -> EnumSet.of(Affiliation.COLLABORATOR, Affiliation.ORGANIZATION_MEMBER);
            case ALL, PUBLIC, PRIVATE, FORKS, SOURCES -> EnumSet.allOf(Affiliation.class);
        };
    }
}

package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.forgelog.domain.account.Profile;
import org.jspecify.annotations.Nullable;

/**
 * An account in full: GitHub's {@code public-user}, and for the account itself {@code private-user}.
 */
public record UserJson(
        String login,
        long id,
        String type,
        String userViewType,
        boolean siteAdmin,
        @JsonUnwrapped AccountLinks links,
        @Nullable String name,
        @Nullable String company,
        @Nullable String blog,
        @Nullable String location,
        @Nullable String email,
        @Nullable Boolean hireable,
        @Nullable String bio,
        @Nullable String twitterUsername,
        long publicRepos,
        long publicGists,
        long followers,
        long following,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long ownedPrivateRepos,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long totalPrivateRepos,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long privateGists,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long diskUsage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long collaborators,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean twoFactorAuthentication,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String paymentPlanId) {

    /** @param toItself whether the account itself is looking, which adds what is nobody else's business */
    public static UserJson of(Links links, AccountView view, boolean toItself) {
        Profile profile = view.profile();
        return new UserJson(
                view.login(),
                view.id().value(),
                SimpleUser.type(view.kind()),
                toItself ? "private" : SimpleUser.PUBLIC,
                view.siteAdmin(),
                AccountLinks.of(links, view.id().value(), view.login(), view.kind()),
                profile.name(),
                profile.company(),
                profile.blog(),
                profile.location(),
                profile.email(),
                profile.hireable(),
                profile.bio(),
                profile.twitterUsername(),
                view.publicRepositories(),
                0,
                0,
                0,
                view.createdAt(),
                view.updatedAt(),
                toItself ? view.privateRepositories() : null,
                toItself ? view.privateRepositories() : null,
                toItself ? 0L : null,
                toItself ? 0L : null,
                toItself ? 0L : null,
                toItself ? false : null,
                toItself ? profile.paymentPlanId() : null);
    }
}

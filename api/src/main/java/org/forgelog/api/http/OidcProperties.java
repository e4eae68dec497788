package org.forgelog.api.http;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-in with access tokens of an identity provider (JWT), beside tokens of our own.
 *
 * @param issuer address of the provider, which its tokens must name as {@code iss}; without it nobody signs in this way
 * @param jwkSetUri where the provider's keys are; without it they are found by discovery
 * @param audience what a token must name in {@code aud}; must be set where {@code issuer} is
 * @param loginClaim the claim with the login of the caller's account
 * @param groupsClaim the claim with the caller's groups
 * @param adminGroups groups whose members are site administrators
 * @param scopes what such a token may be used for
 */
@ConfigurationProperties("forgelog.oidc")
public record OidcProperties(
        @Nullable URI issuer,
        @Nullable URI jwkSetUri,
        @Nullable String audience,
        @DefaultValue("preferred_username") String loginClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Set<String> adminGroups,
        @DefaultValue({"repo", "delete_repo", "user", "admin:org"}) List<String> scopes) {}

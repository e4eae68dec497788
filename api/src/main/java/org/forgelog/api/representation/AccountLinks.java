package org.forgelog.api.representation;

import org.forgelog.domain.account.AccountKind;

/** The links of an account, the same wherever it stands. What they lead to is not always served: that is a 404 then. */
public record AccountLinks(
        String nodeId,
        String avatarUrl,
        String gravatarId,
        String url,
        String htmlUrl,
        String followersUrl,
        String followingUrl,
        String gistsUrl,
        String starredUrl,
        String subscriptionsUrl,
        String organizationsUrl,
        String reposUrl,
        String eventsUrl,
        String receivedEventsUrl) {

    static AccountLinks of(Links links, long id, String login, AccountKind kind) {
        String url = links.user(login);
        return new AccountLinks(
                (kind == AccountKind.ORGANIZATION ? NodeId.ORGANIZATION : NodeId.USER).of(id),
                links.avatar(id),
                "",
                url,
                links.html(login),
                url + "/followers",
                url + "/following{/other_user}",
                url + "/gists{/gist_id}",
                url + "/starred{/owner}{/repo}",
                url + "/subscriptions",
                url + "/orgs",
                url + "/repos",
                url + "/events{/privacy}",
                url + "/received_events");
    }
}

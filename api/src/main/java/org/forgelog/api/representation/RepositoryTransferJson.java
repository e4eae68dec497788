package org.forgelog.api.representation;

import java.time.Instant;

/**
 * A repository that somebody may have.
 *
 * @param name what it is to be called once it is theirs
 */
public record RepositoryTransferJson(
        long id, RepositoryJson repository, String name, SimpleUser sender, Instant createdAt, String url) {

    public static RepositoryTransferJson of(
            Links links, long id, RepositoryJson repository, String name, SimpleUser sender, Instant sentAt) {
        return new RepositoryTransferJson(
                id, repository, name, sender, sentAt, links.base() + "/user/repository_transfers/" + id);
    }
}

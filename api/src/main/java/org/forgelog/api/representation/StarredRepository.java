package org.forgelog.api.representation;

import java.time.Instant;

/** A starred repository with the date of the star, for clients that ask with the {@code star} media type. */
public record StarredRepository(Instant starredAt, RepositoryJson repo) {}

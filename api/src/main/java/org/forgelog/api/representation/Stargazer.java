package org.forgelog.api.representation;

import java.time.Instant;

/** A user who starred a repository, with the date, for clients that ask with the {@code star} media type. */
public record Stargazer(Instant starredAt, SimpleUser user) {}

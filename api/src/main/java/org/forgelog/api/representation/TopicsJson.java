package org.forgelog.api.representation;

import java.util.List;

/** A repository's topics (GitHub's {@code topic}). */
public record TopicsJson(List<String> names) {}

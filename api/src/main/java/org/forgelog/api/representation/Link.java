package org.forgelog.api.representation;

import java.util.LinkedHashMap;
import java.util.Map;

/** A link of {@code _links}. */
public record Link(String href) {

    /** @param namesAndTargets one after the other */
    static Map<String, Link> map(String... namesAndTargets) {
        Map<String, Link> links = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTargets.length; i += 2) {
            links.put(namesAndTargets[i], new Link(namesAndTargets[i + 1]));
        }
        return links;
    }
}

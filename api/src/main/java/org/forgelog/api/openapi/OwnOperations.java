package org.forgelog.api.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which operations are ours alone: what GitHub's documentation says nothing of. */
public final class OwnOperations {

    private record Own(String method, PathPattern path, String tag) {}

    private final List<Own> all = Catalogue.groups().stream()
            .flatMap(group -> group.operations().stream()
                    .filter(Operation::isOwn)
                    .map(operation -> new Own(
                            operation.method(),
                            PathPatternParser.defaultInstance.parse(operation.path()),
                            group.tag())))
            .toList();

    /** The group of the operation of ours at this address; empty where it is none of ours. */
    public Optional<String> tag(String method, String path) {
        PathContainer container = PathContainer.parsePath(path);
        return all.stream()
                .filter(own -> own.method().equals(method.toLowerCase(Locale.ROOT))
                        && own.path().matches(container))
                .map(Own::tag)
                .findFirst();
    }
}

package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.jspecify.annotations.Nullable;

/** A label (GitHub's {@code label}). {@code default} are those that users know everywhere. */
public record LabelJson(
        long id,
        String nodeId,
        String url,
        String name,
        @Nullable String description,
        String color,
        @JsonProperty("default") boolean isDefault) {

    public static LabelJson of(
            Links links,
            RepositoryRef repository,
            LabelId id,
            String name,
            String color,
            @Nullable String description) {
        return new LabelJson(
                id.value(),
                NodeId.LABEL.of(id.value()),
                links.label(repository.ownerLogin(), repository.name(), name),
                name,
                description,
                color,
                LabelName.isUsual(name));
    }
}

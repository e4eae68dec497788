package org.forgelog.command.directory;

import org.forgelog.domain.label.LabelId;
import org.jspecify.annotations.Nullable;

/** A label as the directory knows it. */
public record LabelRow(LabelId id, String name, String color, @Nullable String description) {}

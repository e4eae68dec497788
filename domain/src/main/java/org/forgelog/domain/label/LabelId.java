package org.forgelog.domain.label;

import org.forgelog.domain.PublicIds;

/** The id of a label: public, never reused, the same however often the label is renamed. */
public record LabelId(long value) {

    public LabelId {
        PublicIds.check("a label id", value);
    }

    /** The identifier of the label's aggregate in the event log. */
    public String aggregateId() {
        return "label-" + value;
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

package org.forgelog.query.read;

import org.forgelog.api.Caller;
import org.forgelog.api.representation.Links;
import org.jspecify.annotations.Nullable;

/** What a view is given for one pass: the table, who asks, and the few things that most answers are made with. */
public final class ReadContext {

    private final Lookup lookup;
    private final Caller caller;
    private final Links links;
    private final Visibility visibility;
    private final People people;
    private final Names names;
    private final Labels labels;
    private final Milestones milestones;

    ReadContext(Lookup lookup, Caller caller, Links links) {
        this.lookup = lookup;
        this.caller = caller;
        this.links = links;
        this.visibility = new Visibility(lookup, caller);
        this.people = new People(lookup, links);
        this.names = new Names(lookup, visibility, people);
        this.labels = new Labels(this);
        this.milestones = new Milestones(this);
    }

    Lookup lookup() {
        return lookup;
    }

    Caller caller() {
        return caller;
    }

    /** The id of the account that asks; {@code null} for strangers and for who has none. */
    @Nullable
    Long callerId() {
        return caller.accountId() == null
                ? null
                : Long.valueOf(caller.accountId().value());
    }

    Links links() {
        return links;
    }

    Visibility visibility() {
        return visibility;
    }

    People people() {
        return people;
    }

    Names names() {
        return names;
    }

    Labels labels() {
        return labels;
    }

    Milestones milestones() {
        return milestones;
    }
}

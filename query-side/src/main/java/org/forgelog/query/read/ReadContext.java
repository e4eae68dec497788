package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.forgelog.api.Caller;
import org.forgelog.api.representation.Links;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.forgelog.query.table.Item;
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
    private final int version;
    private final Past past;
    private final Lookup now;

    /**
     * @param lookup what the answer is made of
     * @param now what the caller's rights are judged by
     * @param version of the projection that began to build the table
     * @param past what items have been
     */
    ReadContext(Lookup lookup, Lookup now, Caller caller, Links links, int version, Past past) {
        this.lookup = lookup;
        this.version = version;
        this.past = past;
        this.now = now;
        this.caller = caller;
        this.links = links;
        this.visibility = new Visibility(lookup, now, caller);
        this.people = new People(lookup, links, version >= ProjectionVersion.SITE_ADMINS);
        this.names = new Names(lookup, visibility, people);
        this.labels = new Labels(this);
        this.milestones = new Milestones(this);
    }

    Lookup lookup() {
        return lookup;
    }

    /** Reads a page of a list, of the spans that are added to it. */
    Pager pager(PageRequest request, boolean descending) {
        return new Pager(lookup, request, descending);
    }

    /** The entries of a page as {@code view} shows them. */
    <T> Listed<T> listed(Page page, Function<Item, T> view) {
        return new Listed<>(shown(page.items(), view), page);
    }

    /** Each of several items as {@code view} shows it, also where what one of them needs is still to come. */
    <T> List<T> shown(List<Item> items, Function<Item, T> view) {
        List<T> shown = new ArrayList<>();
        for (Item item : items) {
            try {
                shown.add(view.apply(item));
            } catch (RuntimeException e) {
                lookup.reject(e);
            }
        }
        return shown;
    }

    /** What items have been. */
    Past past() {
        return past;
    }

    /** The same for an answer that is made of something else. */
    ReadContext over(Lookup other) {
        return new ReadContext(other, now, caller, links, version, past);
    }

    /** Whether the table has the edges that this program looks for: not where an older one began to build it. */
    boolean hasEdges() {
        return version >= ProjectionVersion.EDGES;
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

    /**
     * Says that what is read may depend on what is hidden from the caller, so that its cost is told to whom it is about alone,
     * and to site administrators.
     *
     * @param account whom the answer is about; {@code null} for nobody
     */
    void keepCostFromOthersThan(@Nullable Long account) {
        if (!caller.siteAdmin() && (account == null || !account.equals(callerId()))) {
            lookup.keepCost();
        }
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

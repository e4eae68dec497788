package org.forgelog.domain.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.label.LabelId;
import org.jspecify.annotations.Nullable;

/**
 * What those with push access add to an issue or a pull request.
 *
 * @param labels in the order they came; one that was deleted since stays until it is taken off or replaced
 * @param lockReason why it is locked, when that was said
 * @param milestone the number of what it is planned for, {@code null} for nothing; one that was deleted since stays until
 *     it is replaced
 */
public record Triage(
        List<LabelId> labels,
        List<AccountId> assignees,
        boolean locked,
        @Nullable LockReason lockReason,
        @Nullable Long milestone) {

    /** Most labels that an issue or a pull request carries. */
    public static final int LABEL_LIMIT = 100;
    /** Most users that an issue or a pull request is assigned to. */
    public static final int ASSIGNEE_LIMIT = 10;

    /** As it is when nobody has touched it. */
    public static final Triage NONE = new Triage(List.of(), List.of(), false, null, null);

    public Triage {
        labels = List.copyOf(labels);
        assignees = List.copyOf(assignees);
    }

    /** What comes to a list and what goes from it. */
    private record Difference<T>(List<T> added, List<T> removed) {}

    /**
     * What {@code change} makes happen, what goes before what comes; nothing when it would change nothing.
     *
     * @param resource what it is about, as errors name it
     * @throws Rejection when there would be too many labels or assignees, or when a label that is to be removed is not
     *     there
     */
    public <E> List<E> decide(String resource, TriageChange change, TriageEvents<? extends E> happened) {
        List<E> events = new ArrayList<>();
        switch (change) {
            case TriageChange.Labels(var edit) -> {
                if (edit.kind() == ListEdit.Kind.REMOVE && !labels.containsAll(edit.values())) {
                    throw Rejection.notFound();
                }
                Difference<LabelId> difference = difference(resource, "labels", labels, edit, LABEL_LIMIT);
                unlessEmpty(events, difference.removed, happened::unlabelled);
                unlessEmpty(events, difference.added, happened::labelled);
            }
            case TriageChange.Assignees(var edit) -> {
                Difference<AccountId> difference = difference(resource, "assignees", assignees, edit, ASSIGNEE_LIMIT);
                unlessEmpty(events, difference.removed, happened::unassigned);
                unlessEmpty(events, difference.added, happened::assigned);
            }
            case TriageChange.Lock(var reason) -> {
                if (!locked || lockReason != reason) {
                    events.add(happened.locked(reason));
                }
            }
            case TriageChange.Unlock() -> {
                if (locked) {
                    events.add(happened.unlocked());
                }
            }
            case TriageChange.Milestone(var number) -> {
                if (!Objects.equals(milestone, number)) {
                    if (milestone != null) {
                        events.add(happened.demilestoned(milestone));
                    }
                    if (number != null) {
                        events.add(happened.milestoned(number));
                    }
                }
            }
        }
        return events;
    }

    private static <E, T> void unlessEmpty(List<E> events, List<T> values, Function<List<T>, ? extends E> event) {
        if (!values.isEmpty()) {
            events.add(event.apply(values));
        }
    }

    private static <T> Difference<T> difference(
            String resource, String field, List<T> before, ListEdit<T> edit, int limit) {
        Difference<T> difference = new Difference<>(edit.added(before), edit.removed(before));
        int after = before.size() + difference.added.size() - difference.removed.size();
        if (!difference.added.isEmpty() && after > limit) {
            throw Rejection.invalid(resource, field, Fault.CUSTOM, field + " are too many (maximum is " + limit + ")");
        }
        return difference;
    }

    public Triage labelled(List<LabelId> added) {
        return new Triage(with(labels, added), assignees, locked, lockReason, milestone);
    }

    public Triage unlabelled(List<LabelId> removed) {
        return new Triage(without(labels, removed), assignees, locked, lockReason, milestone);
    }

    public Triage assigned(List<AccountId> added) {
        return new Triage(labels, with(assignees, added), locked, lockReason, milestone);
    }

    public Triage unassigned(List<AccountId> removed) {
        return new Triage(labels, without(assignees, removed), locked, lockReason, milestone);
    }

    public Triage lockedFor(@Nullable LockReason reason) {
        return new Triage(labels, assignees, true, reason, milestone);
    }

    public Triage unlocked() {
        return new Triage(labels, assignees, false, null, milestone);
    }

    /** @param number {@code null} for no milestone */
    public Triage plannedFor(@Nullable Long number) {
        return new Triage(labels, assignees, locked, lockReason, number);
    }

    private static <T> List<T> with(List<T> list, List<T> added) {
        List<T> after = new ArrayList<>(list);
        after.addAll(added);
        return after;
    }

    private static <T> List<T> without(List<T> list, List<T> removed) {
        return list.stream().filter(value -> !removed.contains(value)).toList();
    }
}

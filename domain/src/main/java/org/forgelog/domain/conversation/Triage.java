package org.forgelog.domain.conversation;

import java.util.ArrayList;
import java.util.List;
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
 */
public record Triage(List<LabelId> labels, List<AccountId> assignees, boolean locked, @Nullable LockReason lockReason) {

    /** Most labels that an issue or a pull request carries. */
    public static final int LABEL_LIMIT = 100;
    /** Most users that an issue or a pull request is assigned to. */
    public static final int ASSIGNEE_LIMIT = 10;

    /** As it is when nobody has touched it. */
    public static final Triage NONE = new Triage(List.of(), List.of(), false, null);

    public Triage {
        labels = List.copyOf(labels);
        assignees = List.copyOf(assignees);
    }

    /** What comes to a list and what goes from it. */
    public record Difference<T>(List<T> added, List<T> removed) {}

    /**
     * The labels that {@code edit} brings and takes.
     *
     * @throws Rejection when there would be too many, or when one that is to be removed is not there
     */
    public Difference<LabelId> labels(String resource, ListEdit<LabelId> edit) {
        if (edit.kind() == ListEdit.Kind.REMOVE && !labels.containsAll(edit.values())) {
            throw Rejection.notFound();
        }
        return difference(resource, "labels", labels, edit, LABEL_LIMIT);
    }

    /**
     * The assignees that {@code edit} brings and takes.
     *
     * @throws Rejection when there would be too many
     */
    public Difference<AccountId> assignees(String resource, ListEdit<AccountId> edit) {
        return difference(resource, "assignees", assignees, edit, ASSIGNEE_LIMIT);
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

    /** Whether locking for {@code reason} would change anything. */
    public boolean isLockedFor(@Nullable LockReason reason) {
        return locked && lockReason == reason;
    }

    public Triage labelled(List<LabelId> added) {
        return new Triage(with(labels, added), assignees, locked, lockReason);
    }

    public Triage unlabelled(List<LabelId> removed) {
        return new Triage(without(labels, removed), assignees, locked, lockReason);
    }

    public Triage assigned(List<AccountId> added) {
        return new Triage(labels, with(assignees, added), locked, lockReason);
    }

    public Triage unassigned(List<AccountId> removed) {
        return new Triage(labels, without(assignees, removed), locked, lockReason);
    }

    public Triage lockedFor(@Nullable LockReason reason) {
        return new Triage(labels, assignees, true, reason);
    }

    public Triage unlocked() {
        return new Triage(labels, assignees, false, null);
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

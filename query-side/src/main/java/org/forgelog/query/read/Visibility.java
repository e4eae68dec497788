package org.forgelog.query.read;

import org.forgelog.api.Caller;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.jspecify.annotations.Nullable;

/** Who may know of a repository. Decided by the repository's own item, never by a copy of it in an index. */
final class Visibility {

    private Visibility() {}

    /** Public and sound repositories are everybody's to see; all others their owner's alone. */
    static boolean canSee(Caller caller, @Nullable Item repository) {
        if (repository == null) {
            return false;
        }
        boolean open = !repository.flag(Attr.PRIVATE) && !repository.has(Attr.STOPPED);
        return open || isOwner(caller, repository);
    }

    static boolean isOwner(Caller caller, Item repository) {
        return caller.accountId() != null && caller.accountId().value() == repository.number(Attr.OWNER_ID);
    }
}

package org.forgelog.query.read;

import java.util.List;
import org.forgelog.query.moment.Version;
import org.forgelog.query.table.ItemKey;
import org.jspecify.annotations.Nullable;

/** What items have been. */
@FunctionalInterface
interface Past {

    /** For views of the past itself, which ask for no other. */
    Past UNKNOWN = (sequence, key) -> List.of();

    /** All that an item of a sequence has been, in order; {@code null} as long as something that was asked for is still to come. */
    @Nullable
    List<Version> versions(String sequence, ItemKey key);
}

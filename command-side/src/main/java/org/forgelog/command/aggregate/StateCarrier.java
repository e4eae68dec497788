package org.forgelog.command.aggregate;

import org.jspecify.annotations.Nullable;

/** An aggregate that shows its state, which is immutable. */
interface StateCarrier<S> {

    /** {@code null} before its first event. */
    @Nullable
    S state();
}

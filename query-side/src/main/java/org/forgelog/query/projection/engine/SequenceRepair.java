package org.forgelog.query.projection.engine;

import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.projection.batch.BatchApplier;
import org.forgelog.query.projection.repair.PersonErasure;
import org.forgelog.query.projection.repair.RepairRequest;
import org.forgelog.query.projection.repair.RepositoryRebuild;
import org.jspecify.annotations.Nullable;

/** Carries out what operators ask for of one sequence: to retry or to rebuild it, or to erase a person's names. */
record SequenceRepair(EventLogReader reader, BatchApplier applier, RepositoryRebuild rebuild, PersonErasure erasure) {

    /**
     * Does it, and says what came of it, in words; {@code null} when it has to wait.
     *
     * @param position up to where this worker's slots have everything
     * @param least up to where all have
     */
    @Nullable
    String attempt(RepairRequest request, long position, long least) {
        if (PersonErasure.isFor(request)) {
            return erasure.attempt(reader, request.sequence(), least);
        }
        return request.rebuild()
                ? rebuild.attempt(
                        reader,
                        request.sequence(),
                        position,
                        applier.skipped(),
                        applier.deadLetters().get(request.sequence()))
                : applier.retryBlocked(reader, position, request.sequence());
    }
}

package org.forgelog.query.console;

import java.time.Instant;
import java.util.List;
import org.forgelog.query.projection.deployment.TableStatus;
import org.forgelog.query.projection.deployment.TableStatus.Phase;
import org.forgelog.query.projection.deployment.TableStatus.SegmentStatus;
import org.jspecify.annotations.Nullable;

/**
 * One table as the page of all projections shows it.
 *
 * @param percent how much of the log it has
 * @param timeLeft in words; empty where there is nothing to wait for, or no telling
 */
record TableCard(
        String name,
        Phase phase,
        int version,
        Instant createdAt,
        long position,
        long lag,
        long lagSeconds,
        double rate,
        String timeLeft,
        long done,
        long percent,
        @Nullable Long writeUnits,
        @Nullable Long verifiedPosition,
        @Nullable Instant verifiedAt,
        List<SegmentStatus> segments,
        List<String> readBy,
        int blocked,
        List<TableAction> actions) {

    private static final int ALL = 100;

    static TableCard of(TableStatus table, long events, List<TableAction> actions) {
        long done = Math.max(0, events - table.lag());
        Long left = table.secondsLeft();
        return new TableCard(
                table.spec().name(),
                table.phase(),
                table.spec().version(),
                table.spec().createdAt(),
                table.position(),
                table.lag(),
                table.lagSeconds(),
                table.rate(),
                table.lag() == 0 ? "" : left == null ? "unknown" : Show.span(left),
                done,
                events == 0 ? ALL : done * ALL / events,
                table.spec().rate(),
                table.spec().verifiedPosition(),
                table.spec().verifiedAt(),
                table.segments(),
                table.readBy(),
                table.deadLetters().size(),
                actions);
    }

    /** What stands for it in HTML's ids, which a name may not. */
    String id() {
        return "t" + Integer.toHexString(name.hashCode());
    }

    /** How it is, as a colour says it. */
    String tone() {
        return switch (phase) {
            case SERVING -> blocked > 0 ? "bad" : "good";
            case READY -> "good";
            case BUILDING, PAUSED -> "busy";
            case RETIRED, DROPPING -> "quiet";
        };
    }

    boolean isBuilding() {
        return phase == Phase.BUILDING || phase == Phase.PAUSED;
    }
}

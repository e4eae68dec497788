package org.forgelog.query.projection.deployment;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.forgelog.query.projection.batch.SkippedEvents;
import org.forgelog.query.projection.batch.WriteBudget;
import org.forgelog.query.projection.deployment.TableSpec.State;
import org.forgelog.query.projection.engine.ProjectionDirectives;
import org.forgelog.query.projection.engine.ProjectionEngine;
import org.forgelog.query.projection.engine.ProjectionStatus;
import org.forgelog.query.projection.projector.ProjectionVersion;
import org.forgelog.query.projection.repair.RepairRequest;
import org.forgelog.query.projection.repair.RepairRequests;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;

/** One of the tables that the log is projected into, as this node sees it, with this node's engine for it. */
public final class ProjectedTable implements AutoCloseable {

    private final Table table;
    private final TableSchema schema;
    private final ProjectionStatus watch;
    private final ProjectionEngine engine;
    private final WriteBudget budget = new WriteBudget();
    private volatile TableSpec wanted;
    private volatile List<RepairRequest> retries = List.of();

    /** What the parts of a table are made of. */
    @FunctionalInterface
    interface EngineMaker {
        ProjectionEngine make(Table table, TableSchema schema, ProjectionStatus watch, ProjectionDirectives orders);
    }

    ProjectedTable(
            TableSpec wanted,
            Table table,
            TableSchema schema,
            ProjectionStatus watch,
            EngineMaker engines,
            TableControl control,
            RepairRequests deadLetters,
            ProjectionVersion version,
            BooleanSupplier servingIsBuilt) {
        this.wanted = wanted;
        this.table = table;
        this.schema = schema;
        this.watch = watch;
        this.engine = engines.make(table, schema, watch, new ProjectionDirectives() {
            @Override
            public boolean isWanted() {
                return control.isWanted(table.name(), version.number());
            }

            @Override
            public boolean isHeld() {
                return !serves() && (wanted().paused() || !servingIsBuilt.getAsBoolean());
            }

            @Override
            public boolean isShared() {
                return serves();
            }

            @Override
            public WriteBudget budget() {
                return budget;
            }

            @Override
            public void begun() {
                control.begun(table.name(), version.number());
            }

            @Override
            public List<RepairRequest> repairs() {
                return retries;
            }

            @Override
            public void repaired(RepairRequest retry, String outcome) {
                deadLetters.retried(retry, outcome);
                retries = retries.stream()
                        .filter(other -> other.id() != retry.id())
                        .toList();
            }

            @Override
            public SkippedEvents skippedEvents() {
                return deadLetters.skippedEvents();
            }
        });
    }

    public String name() {
        return table.name();
    }

    public Table table() {
        return table;
    }

    public TableSchema schema() {
        return schema;
    }

    public ProjectionStatus watch() {
        return watch;
    }

    public ProjectionEngine engine() {
        return engine;
    }

    /** What operators wanted of it when this node last looked. */
    public TableSpec wanted() {
        return wanted;
    }

    private boolean serves() {
        return wanted.state() == State.SERVING;
    }

    /** Takes note of what operators want. A table that follows the log must keep up, whatever that takes. */
    void heed(TableSpec now, List<RepairRequest> due) {
        wanted = now;
        retries = due.stream().filter(retry -> retry.table().equals(name())).toList();
        if (!retries.isEmpty()) {
            engine.wake();
        }
        budget.limit(now.rate() == null || watch.isBuilt() || serves() ? 0 : now.rate());
    }

    @Override
    public void close() {
        engine.close();
        watch.close();
    }
}

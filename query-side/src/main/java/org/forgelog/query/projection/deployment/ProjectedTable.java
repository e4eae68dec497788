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
    private final ProjectionStatus status;
    private final ProjectionEngine engine;
    private final WriteBudget budget = new WriteBudget();
    private volatile TableSpec spec;
    private volatile List<RepairRequest> retries = List.of();

    /** What the parts of a table are made of. */
    @FunctionalInterface
    interface EngineMaker {
        ProjectionEngine make(
                Table table, TableSchema schema, ProjectionStatus status, ProjectionDirectives directives);
    }

    ProjectedTable(
            TableSpec spec,
            Table table,
            TableSchema schema,
            ProjectionStatus status,
            EngineMaker engines,
            TableControl control,
            RepairRequests deadLetters,
            ProjectionVersion version,
            BooleanSupplier servingIsBuilt) {
        this.spec = spec;
        this.table = table;
        this.schema = schema;
        this.status = status;
        this.engine = engines.make(table, schema, status, new ProjectionDirectives() {
            @Override
            public boolean isDesired() {
                return control.isDesired(table.name(), version.number());
            }

            @Override
            public boolean isHeld() {
                return !serves() && (spec().paused() || !servingIsBuilt.getAsBoolean());
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

    public ProjectionStatus status() {
        return status;
    }

    public ProjectionEngine engine() {
        return engine;
    }

    /** The spec that this node last saw. */
    public TableSpec spec() {
        return spec;
    }

    private boolean serves() {
        return spec.state() == State.SERVING;
    }

    /** Accepts a spec and repair requests. A table that follows the log must keep up, whatever that takes. */
    void accept(TableSpec now, List<RepairRequest> due) {
        spec = now;
        retries = due.stream().filter(retry -> retry.table().equals(name())).toList();
        if (!retries.isEmpty()) {
            engine.wake();
        }
        budget.limit(now.rate() == null || status.isBuilt() || serves() ? 0 : now.rate());
    }

    @Override
    public void close() {
        engine.close();
        status.close();
    }
}

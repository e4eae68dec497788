package org.forgelog.query.projection;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.forgelog.query.projection.TableControl.State;
import org.forgelog.query.projection.TableControl.Wanted;
import org.forgelog.query.table.Table;
import org.forgelog.query.table.TableSchema;

/** One of the tables that the log is projected into, as this node sees it, with this node's engine for it. */
public final class ProjectedTable implements AutoCloseable {

    private final Table table;
    private final TableSchema schema;
    private final TableWatch watch;
    private final ProjectionEngine engine;
    private final WriteBudget budget = new WriteBudget();
    private volatile Wanted wanted;
    private volatile List<Orders.Retry> retries = List.of();

    /** What the parts of a table are made of. */
    @FunctionalInterface
    interface EngineMaker {
        ProjectionEngine make(Table table, TableSchema schema, TableWatch watch, Orders orders);
    }

    ProjectedTable(
            Wanted wanted,
            Table table,
            TableSchema schema,
            TableWatch watch,
            EngineMaker engines,
            TableControl control,
            DeadLetterControl deadLetters,
            ProjectionVersion version,
            BooleanSupplier servingIsBuilt) {
        this.wanted = wanted;
        this.table = table;
        this.schema = schema;
        this.watch = watch;
        this.engine = engines.make(table, schema, watch, new Orders() {
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
            public List<Retry> retries() {
                return retries;
            }

            @Override
            public void retried(Retry retry, String outcome) {
                deadLetters.retried(retry, outcome);
                retries = retries.stream()
                        .filter(other -> other.id() != retry.id())
                        .toList();
            }

            @Override
            public Discards discards() {
                return deadLetters.discards();
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

    public TableWatch watch() {
        return watch;
    }

    public ProjectionEngine engine() {
        return engine;
    }

    /** What operators wanted of it when this node last looked. */
    Wanted wanted() {
        return wanted;
    }

    private boolean serves() {
        return wanted.state() == State.SERVING;
    }

    /** Takes note of what operators want. A table that follows the log must keep up, whatever that takes. */
    void heed(Wanted now, List<Orders.Retry> due) {
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

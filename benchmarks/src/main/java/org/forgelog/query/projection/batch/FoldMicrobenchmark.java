package org.forgelog.query.projection.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.forgelog.domain.DomainEvent;
import org.forgelog.domain.account.AccountId;
import org.forgelog.domain.issue.CloseReason;
import org.forgelog.domain.issue.IssueEvent.IssueClosed;
import org.forgelog.domain.issue.IssueEvent.IssueOpened;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.StoredEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one event costs between the log and the table, but for any engine: to be read from its JSON, and to be folded into
 * items; beside them what the JSON library alone takes for the same text. Half of the events open an issue, half close one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FoldMicrobenchmark {

    private static final int EVENTS = 500;

    private final JsonMapper json = new JsonMapper();
    private final EventCodec codec = new EventCodec();
    private final List<DomainEvent> events = events();
    private final List<StoredEvent> stored = stored(events);

    private static List<DomainEvent> events() {
        List<DomainEvent> events = new ArrayList<>();
        RepositoryId repository = new RepositoryId(1);
        AccountId author = new AccountId(2);
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int n = 1; n <= EVENTS / 2; n++) {
            String body = "There is a typo on line 3. ".repeat(6);
            events.add(new IssueOpened(repository, n, 1_000 + n, author, "Issue number " + n, body, at));
            events.add(new IssueClosed(repository, n, CloseReason.COMPLETED, author, at.plusSeconds(n)));
        }
        return events;
    }

    private List<StoredEvent> stored(List<DomainEvent> of) {
        List<StoredEvent> all = new ArrayList<>();
        for (DomainEvent event : of) {
            EventCodec.Encoded encoded = codec.encode(event);
            long position = all.size() + 1L;
            all.add(new StoredEvent(
                    position,
                    "event-" + position,
                    "issue",
                    "issue-" + position,
                    0,
                    encoded.type(),
                    encoded.revision(),
                    encoded.json(),
                    "{}",
                    event.sequenceKey(),
                    Instant.EPOCH));
        }
        return all;
    }

    /** The JSON library alone. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void readTree(Blackhole hole) {
        stored.forEach(event -> hole.consume(json.readTree(event.payload())));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decode(Blackhole hole) {
        stored.forEach(event -> hole.consume(codec.decode(event.type(), event.revision(), event.payload())));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void encode(Blackhole hole) {
        events.forEach(event -> hole.consume(codec.encode(event)));
    }

    /** Read and folded, up to the items that would be written. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Object fold() {
        return Batch.of(stored, codec, Set.of()).writes(Map.of());
    }
}

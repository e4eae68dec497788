package org.forgelog.command.log;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** An event log whose appends are timed and traced: the wait for the append lock, the insert, and mostly the commit. */
public final class ObservedEventStorage implements EventStorageEngine {

    private final EventStorageEngine engine;
    private final ObservationRegistry observations;

    public ObservedEventStorage(EventStorageEngine engine, ObservationRegistry observations) {
        this.engine = engine;
        this.observations = observations;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        Observation.createNotStarted("forgelog.append", observations)
                .contextualName("append")
                .highCardinalityKeyValue("forgelog.events", Integer.toString(events.size()))
                .observe(() -> engine.appendEvents(events));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        engine.storeSnapshot(snapshot);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return engine.readEvents(token, mayBlock);
    }

    @Override
    public DomainEventStream readEvents(String aggregate, long firstSequenceNumber) {
        return engine.readEvents(aggregate, firstSequenceNumber);
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregate) {
        return engine.readSnapshot(aggregate);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregate) {
        return engine.lastSequenceNumberFor(aggregate);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant instant) {
        return engine.createTokenAt(instant);
    }
}

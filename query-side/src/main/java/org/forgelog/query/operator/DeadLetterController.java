package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.forgelog.query.projection.control.OperationRefused;
import org.forgelog.query.projection.repair.DeadLetters;
import org.forgelog.query.projection.repair.DeadLetters.BlockedSequence;
import org.forgelog.query.projection.repair.DeadLetters.SkippedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sequences that stopped at an event; for operators. */
@RestController
class DeadLetterController {

    /** Most events that are shown of one sequence. */
    private static final int SHOWN = 20;

    private final DeadLetters letters;
    private final Operations operations;
    private final EventLogReader log;
    private final Operators operators;
    private final DirectoryNames names;

    DeadLetterController(
            DeadLetters letters, Operations operations, EventLogReader log, Operators operators, DirectoryNames names) {
        this.names = names;
        this.letters = letters;
        this.operations = operations;
        this.log = log;
        this.operators = operators;
    }

    /**
     * Blocked sequences and skipped events.
     *
     * @param names of the repositories and accounts among the sequences, by sequence key
     */
    record DeadLettersJson(List<BlockedSequence> stopped, List<SkippedEvent> discarded, Map<String, String> names) {}

    /**
     * One sequence, with the first events that wait.
     *
     * @param names as in {@link DeadLettersJson}
     */
    record DeadLetterJson(
            String sequence, List<BlockedSequence> stopped, List<EventJson> events, Map<String, String> names) {}

    /** What became of a retry, by table. */
    record OutcomeJson(String sequence, Map<String, String> tables) {}

    @GetMapping("/operator/dead-letters")
    DeadLettersJson all(HttpServletRequest request) {
        operators.check(request);
        List<BlockedSequence> stopped = letters.blocked();
        List<SkippedEvent> discarded = letters.skipped();
        return new DeadLettersJson(
                stopped,
                discarded,
                names.of(Stream.concat(
                                stopped.stream().map(BlockedSequence::sequence),
                                discarded.stream().map(SkippedEvent::sequence))
                        .toList()));
    }

    @GetMapping("/operator/dead-letters/{sequence}")
    DeadLetterJson one(HttpServletRequest request, @PathVariable String sequence) {
        operators.check(request);
        List<BlockedSequence> stopped = letters.blocked().stream()
                .filter(letter -> letter.sequence().equals(sequence))
                .toList();
        long from = stopped.stream().mapToLong(BlockedSequence::position).min().orElse(Long.MAX_VALUE);
        List<StoredEvent> events = log.ofSequence(sequence, from - 1, SHOWN);
        Set<String> keys = EventJson.keys(events);
        keys.add(sequence);
        return new DeadLetterJson(
                sequence, stopped, events.stream().map(EventJson::of).toList(), names.of(keys));
    }

    @PostMapping("/operator/dead-letters/{sequence}/retry")
    OutcomeJson retry(HttpServletRequest request, @PathVariable String sequence) {
        String operator = operators.check(request);
        return new OutcomeJson(sequence, operations.retry(operator, sequence).orThrow());
    }

    /**
     * Leaves the event out at which the sequence stopped.
     *
     * @param position of the event, so that nobody discards another one than they saw
     */
    @PostMapping("/operator/dead-letters/{sequence}/discard")
    OutcomeJson discard(
            HttpServletRequest request,
            @PathVariable String sequence,
            @RequestParam(defaultValue = "0") long position,
            @RequestParam(defaultValue = "") String reason) {
        String operator = operators.check(request);
        try {
            return new OutcomeJson(
                    sequence,
                    operations.skip(operator, sequence, position, reason).orThrow());
        } catch (OperationRefused e) {
            throw HttpFailure.conflict(String.valueOf(e.getMessage()));
        }
    }
}

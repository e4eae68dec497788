package org.forgelog.query.verify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * The log, folded sequence by sequence, so that no more than one of them is in memory, and of a very long one a part at a
 * time. Names and counts, which many sequences make together, are folded by themselves.
 */
final class LogFold {

    private static final int PAGE = 2_000;

    private final Source source;
    private final EventLogReader log;
    private final TableState state;
    private final long upTo;
    private final ObservedItems observed;
    private final Expected expected;
    private final Set<Long> deletedRepositories;
    private final LongConsumer done;
    private final Counts counts;
    /** Whether it matters what happens beyond what the table must have. */
    private final boolean follows;

    private final List<Later> ofOthers = new ArrayList<>();

    /** An entry of one repository's feed that another one's sequence makes. */
    private record Later(long repository, Key key, Map<String, Object> item, String sequence) {}

    /**
     * @param upTo folded so far for the observed, at least the state's position; {@code expected} is told what there
     *     is at the state
     * @param traced for which counts the sequences are to be known
     * @param deletedRepositories those known already; others are added
     * @param done told how many events were folded
     */
    LogFold(
            Source source,
            TableState state,
            long upTo,
            ObservedItems observed,
            Expected expected,
            Predicate<Key> traced,
            Set<Long> deletedRepositories,
            LongConsumer done) {
        this.source = source;
        this.log = source.log();
        this.state = state;
        this.upTo = upTo;
        this.observed = observed;
        this.expected = expected;
        this.deletedRepositories = deletedRepositories;
        this.done = done;
        this.counts = new Counts(traced);
        this.follows = upTo > state.position() || !observed.isEmpty();
    }

    Counts counts() {
        return counts;
    }

    /** Everything. */
    void all() {
        Sequence current = null;
        String sequence = "";
        long position = 0;
        while (true) {
            List<StoredEvent> page = log.bySequence(sequence, position, upTo, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (StoredEvent event : page) {
                if (current == null || !current.name.equals(event.sequenceKey())) {
                    end(current);
                    current = new Sequence(event.sequenceKey(), key -> true, true);
                }
                current.add(event);
            }
            sequence = page.getLast().sequenceKey();
            position = page.getLast().position();
            done.accept(page.size());
        }
        end(current);
        new LoggedNames(source, state, upTo, observed, expected).fold();
        tellLater();
    }

    /** Some sequences alone, and names if they are wanted. */
    void some(Collection<String> sequences, boolean alsoNames) {
        for (String name : sequences) {
            end(read(name, key -> true, true));
        }
        if (alsoNames) {
            new LoggedNames(source, state, upTo, observed, expected).fold();
        }
        tellLater();
    }

    private Sequence read(String name, Predicate<Key> wanted, boolean limited) {
        Sequence sequence = new Sequence(name, wanted, limited);
        long position = 0;
        while (true) {
            List<StoredEvent> page = log.ofSequence(name, position, PAGE);
            for (StoredEvent event : page) {
                if (event.position() <= upTo) {
                    sequence.add(event);
                }
            }
            if (page.isEmpty() || page.getLast().position() >= upTo || sequence.tooMany) {
                return sequence;
            }
            position = page.getLast().position();
        }
    }

    private void end(@Nullable Sequence sequence) {
        if (sequence == null) {
            return;
        }
        if (!sequence.tooMany) {
            sequence.end();
            return;
        }
        for (int parts = 4; ; parts *= 4) {
            if (inParts(sequence.name, parts)) {
                return;
            }
        }
    }

    /** A long sequence, read once for each part of its items; answers whether the parts were small enough. */
    private boolean inParts(String name, int parts) {
        for (int i = 0; i < parts; i++) {
            int part = i;
            // Of keys, not of partitions: one of these may hold nearly everything.
            Sequence sequence = read(name, key -> Math.floorMod(key.hashCode() * 0x9E3779B9, parts) == part, part == 0);
            if (sequence.tooMany) {
                return false;
            }
            sequence.end();
        }
        return true;
    }

    /** One sequence on its way. */
    private final class Sequence {

        private final String name;
        private final SequenceFold fold;
        private final long limit;
        private boolean told;
        private boolean unreadable;
        private boolean tooMany;
        private final boolean limited;

        /** @param limited whether there can be too many items */
        Sequence(String name, Predicate<Key> wanted, boolean limited) {
            this.name = name;
            this.limit = state.limit(name);
            this.fold = new SequenceFold(source.folds(), name, state, observed, wanted);
            this.limited = limited;
        }

        void add(StoredEvent event) {
            if (tooMany || unreadable || state.isSkipped(event.position())) {
                return;
            }
            if (!told && event.position() > limit) {
                tell();
            }
            if (told && !follows) {
                return;
            }
            DomainEvent read = source.read(event, limit);
            if (read == null) {
                unreadable = true;
                return;
            }
            fold.apply(event, read);
            tooMany = limited && !told && fold.size() > source.mostItems();
        }

        private void tell() {
            told = true;
            fold.counts().limit();
            Long repository = fold.deletedRepository();
            if (repository != null) {
                deletedRepositories.add(repository);
            }
            fold.tell((key, item, sequence, mayBeGone) -> {
                Long other = otherRepository(key, sequence);
                if (other == null) {
                    expected.item(key, item, sequence, mayBeGone);
                } else {
                    ofOthers.add(new Later(other, key, item, sequence));
                }
            });
        }

        void end() {
            if (!told) {
                tell();
            }
            Long repository = fold.deletedRepository();
            if (repository != null) {
                deletedRepositories.add(repository);
            }
            fold.end();
            counts.add(name, fold.counts());
        }
    }

    /** The repository whose feed it is, when that is not the one of the sequence. */
    static @Nullable Long otherRepository(Key key, String sequence) {
        if (!key.pk().startsWith("F#")) {
            return null;
        }
        long repository = Long.parseLong(key.pk().substring(2));
        return sequence.equals("r:" + repository) ? null : Long.valueOf(repository);
    }

    private void tellLater() {
        for (Later later : ofOthers) {
            expected.item(
                    later.key(), later.item(), later.sequence(), deletedRepositories.contains(later.repository()));
        }
        Set<Key> gone = new HashSet<>();
        deletedRepositories.forEach(id -> gone.add(new Key("R#" + Key.digits(id), "F")));
        counts.sums().forEach((key, sum) -> {
            if (sum.isThere()) {
                expected.item(key, sum.item(key), Expected.MANY, gone.contains(key));
            }
        });
    }
}

package org.forgelog.query.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.query.ConsolePrices;
import org.forgelog.query.read.AccessPattern;
import org.forgelog.query.table.TableSchema.Contents;
import org.jspecify.annotations.Nullable;

/** What reads and writes took of this node since it started, by its own counters, and what that is in money. */
final class Costs {

    /** Write units of one event where this node has projected none yet: the mean of the catalogue of events. */
    private static final double TYPICAL = 6;

    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;
    private static final double MONTH = Duration.ofDays(30).toSeconds();

    private final MeterRegistry metrics;
    private final ConsolePrices prices;
    private final InstantSource clock;
    private final Instant since;

    Costs(MeterRegistry metrics, ConsolePrices prices, InstantSource clock) {
        this.metrics = metrics;
        this.prices = prices;
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * What building a table will take.
     *
     * @param held what the table that serves holds; {@code null} where DynamoDB does not say
     * @param perEvent write units of one event, as this node has seen them
     * @param measured whether it has seen any
     */
    record Estimate(long events, @Nullable Contents held, double perEvent, boolean measured, long units, String money) {

        /** How many items there will be, in words, if they are as many as now. */
        String items() {
            return held == null ? "not known" : Show.number(held.items());
        }

        /** How large they are, in words. */
        String size() {
            if (held == null) {
                return "DynamoDB does not say";
            }
            boolean small = held.bytes() < MILLION;
            return Show.decimal(held.bytes() / (small ? THOUSAND : MILLION)) + (small ? " KB" : " MB")
                    + " without indexes, as DynamoDB last counted in the table that serves";
        }

        /** How long it takes at a limit, in words. */
        String at(long unitsASecond) {
            return Show.span(Math.max(1, units / unitsASecond));
        }
    }

    /** @param share of all units, in percent */
    record Line(String name, long times, double units, double each, long share) {}

    /**
     * What this node has taken.
     *
     * @param reads by access pattern
     * @param writes by kind of event
     * @param hits of the cache, in percent of what was asked of it; -1 when nothing was
     */
    record Taken(
            Instant since,
            List<Line> reads,
            List<Line> writes,
            double readUnits,
            double writeUnits,
            long hits,
            String month,
            String readMonth,
            String writeMonth) {}

    /** @param held what the table that serves holds; {@code null} where nobody knows */
    Estimate estimate(long events, @Nullable Contents held) {
        double projected = sum("forgelog.projection.events");
        double units = sum("forgelog.projection.write.units");
        double perEvent = projected > 0 ? units / projected : TYPICAL;
        long all = Math.round(perEvent * events);
        return new Estimate(events, held, perEvent, projected > 0, all, money(all / MILLION * prices.writeMillion()));
    }

    Taken taken() {
        double reads = sum("forgelog.read.units");
        double writes = sum("forgelog.projection.write.units");
        double seconds = Math.max(1, Duration.between(since, clock.instant()).toSeconds());
        double readMonth = reads / seconds * MONTH / MILLION * prices.readMillion();
        double writeMonth = writes / seconds * MONTH / MILLION * prices.writeMillion();
        double hits = sum("forgelog.cache.hits");
        double asked = hits + sum("forgelog.cache.misses");
        return new Taken(
                since,
                lines("forgelog.reads", "forgelog.read.units", "pattern", reads),
                lines("forgelog.projection.events", "forgelog.projection.write.units", "kind", writes),
                reads,
                writes,
                asked == 0 ? -1 : Math.round(100 * hits / asked),
                money(readMonth + writeMonth),
                money(readMonth),
                money(writeMonth));
    }

    private String money(double amount) {
        return String.format(Locale.ROOT, amount < 1 ? "%.4f %s" : "%,.2f %s", amount, prices.currency());
    }

    private double sum(String name) {
        return metrics.find(name).counters().stream()
                        .mapToDouble(Counter::count)
                        .sum()
                + metrics.find(name).functionCounters().stream()
                        .mapToDouble(FunctionCounter::count)
                        .sum();
    }

    private List<Line> lines(String times, String units, String tag, double all) {
        Map<String, Double> counts = by(times, tag);
        List<Line> lines = new ArrayList<>();
        by(units, tag).forEach((value, sum) -> {
            double count = counts.getOrDefault(value, 0.0);
            lines.add(new Line(
                    tag.equals("pattern") ? pattern(value) : value,
                    Math.round(count),
                    sum,
                    count == 0 ? 0 : sum / count,
                    all == 0 ? 0 : Math.round(100 * sum / all)));
        });
        lines.sort(Comparator.comparingDouble(Line::units).reversed());
        return lines;
    }

    private Map<String, Double> by(String name, String tag) {
        Map<String, Double> sums = new TreeMap<>();
        for (Counter counter : metrics.find(name).counters()) {
            Meter.Id id = counter.getId();
            sums.merge(String.valueOf(id.getTag(tag)), counter.count(), Double::sum);
        }
        return sums;
    }

    private static String pattern(String number) {
        for (AccessPattern pattern : AccessPattern.values()) {
            if (Integer.toString(pattern.number()).equals(number)) {
                return number + ": " + pattern.title();
            }
        }
        return number;
    }
}

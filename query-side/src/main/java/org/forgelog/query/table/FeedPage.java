package org.forgelog.query.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Several entries of feeds in one item: those that one actor made in one repository at neighbouring positions of the
 * log. A page costs as much to write as an entry would by itself, and who does much at once makes fewer items.
 */
public final class FeedPage {

    /** Positions of a page: as many as mostly fit into one write unit. Another number needs a replay. */
    public static final int POSITIONS = 8;

    /** How long an entry is kept. */
    public static final Duration LIFE = Duration.ofDays(90);

    private FeedPage() {}

    /** First position of the page that {@code position} is in. */
    static long first(long position) {
        return position - position % POSITIONS;
    }

    /**
     * The page with one more entry.
     *
     * @param page {@code null} when this is the first
     * @param entry as {@link #entries} answers it, but for its keys
     */
    public static Item with(@Nullable Item page, Item entry) {
        long position = entry.number(Attr.ID);
        long actor = entry.number(Attr.ACCOUNT_ID);
        long repository = entry.number(Attr.REPOSITORY_ID);
        Instant at = entry.instant(Attr.CREATED_AT);
        Item before = page != null
                ? page
                : Item.of(key(entry), ItemType.FEED)
                        .with(Attr.REPOSITORY_ID, repository)
                        .with(Attr.ACCOUNT_ID, actor)
                        .with(Attr.CREATED_AT, at)
                        .in(IndexKeys.feed(actor, first(position)));
        Map<String, AttributeValue> entries = new HashMap<>(before.map(Attr.ENTRIES));
        entries.put(Long.toString(position % POSITIONS), AttributeValue.fromM(own(entry)));
        return before.with(Attr.ENTRIES, entries)
                .with(Attr.UPDATED_AT, at)
                .with(
                        Attr.TTL,
                        Math.max(before.number(Attr.TTL, 0), at.plus(LIFE).getEpochSecond()));
    }

    /** Where {@code entry} is kept. A fork is told of in another sequence than its own, so it has a page to itself. */
    public static ItemKey key(Item entry) {
        return Keys.feedPage(
                entry.number(Attr.REPOSITORY_ID),
                first(entry.number(Attr.ID)),
                entry.number(Attr.ACCOUNT_ID),
                entry.has(Attr.FORK_ID) ? entry.number(Attr.FORK_ID) : null);
    }

    /** What only the entry says. */
    private static Map<String, AttributeValue> own(Item entry) {
        Map<String, AttributeValue> own = new HashMap<>();
        for (String name :
                List.of(Attr.EVENT, Attr.ACTION, Attr.NUMBER, Attr.COMMENT_ID, Attr.MEMBER_ID, Attr.FORK_ID)) {
            AttributeValue value = entry.attributes().get(name);
            if (value != null) {
                own.put(name, value);
            }
        }
        own.put(Attr.WHEN, Objects.requireNonNull(entry.attributes().get(Attr.CREATED_AT)));
        return own;
    }

    /**
     * The entries of a page, by position. Each is an item that is in no table: its keys are ordered by its position, in
     * the feeds that the page is in.
     */
    public static List<Item> entries(Item page) {
        long first =
                Long.parseLong(page.key().sk().substring(0, KeyText.number(0).length()));
        Map<Long, Item> entries = new TreeMap<>();
        page.map(Attr.ENTRIES).forEach((offset, own) -> {
            long position = first + Long.parseLong(offset);
            Map<String, AttributeValue> attributes = new HashMap<>(page.attributes());
            attributes.remove(Attr.ENTRIES);
            attributes.putAll(own.m());
            for (String sortKey : List.of(Keys.SK, Index.GSI1.sk(), Index.GSI2.sk())) {
                attributes.put(sortKey, Item.text(KeyText.number(position)));
            }
            attributes.put(Attr.ID, Item.whole(position));
            attributes.put(Attr.CREATED_AT, Objects.requireNonNull(attributes.remove(Attr.WHEN)));
            entries.put(position, Item.read(attributes));
        });
        return new ArrayList<>(entries.values());
    }
}

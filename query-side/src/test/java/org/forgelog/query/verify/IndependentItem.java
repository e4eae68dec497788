package org.forgelog.query.verify;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.eventlog.StoredEvent;
import org.jspecify.annotations.Nullable;

/** What the log says of one item, up to some event. */
final class IndependentItem implements FoldedItem {

    private static final Duration GONE_FOR = Duration.ofDays(7);

    private final Key key;
    private final String type;
    private final Map<String, Object> said = new TreeMap<>();
    private boolean live;
    private long position;
    private long changedAt;
    private long forgetAt;

    IndependentItem(Key key, String type) {
        this.key = key;
        this.type = type;
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public boolean isLive() {
        return live;
    }

    /** Position of the last event that changed it; 0 when none has. */
    long position() {
        return position;
    }

    /** What it says beside its key and its dates; to be changed, then {@link #changed}. */
    Map<String, Object> said() {
        return said;
    }

    @Override
    public @Nullable Object get(String name) {
        return said.get(name);
    }

    @Override
    public long number(String name) {
        return CanonicalItem.number(said, name);
    }

    String text(String name) {
        return String.valueOf(said.get(name));
    }

    void changed(StoredEvent by, boolean lives) {
        live = lives;
        position = by.position();
        changedAt = Math.max(changedAt, by.appendedAt().getEpochSecond());
        if (!lives) {
            said.clear();
            forgetAt = by.appendedAt().plus(GONE_FOR).getEpochSecond();
        }
    }

    /** The item as it must lie in the table; {@code null} when there never was any. */
    @Override
    public @Nullable Map<String, Object> item() {
        if (position == 0) {
            return null;
        }
        Map<String, Object> item = new TreeMap<>(said);
        item.put("pk", key.pk());
        item.put("sk", key.sk());
        item.put("type", type);
        item.put("v", 1L);
        item.put("pos", position);
        item.put("at", changedAt);
        if (!live) {
            item.put("tombstone", true);
            item.put("ttl", forgetAt);
        }
        return item;
    }

    @Override
    public Map<Key, Map<String, Object>> edges() {
        return ConversationFold.edges(this);
    }
}

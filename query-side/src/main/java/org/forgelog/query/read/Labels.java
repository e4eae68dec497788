package org.forgelog.query.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.forgelog.api.representation.LabelJson;
import org.forgelog.api.representation.RepositoryRef;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.label.LabelId;
import org.forgelog.domain.label.LabelName;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table.Queried;
import org.forgelog.query.table.Table.Range;
import org.jspecify.annotations.Nullable;

/**
 * The labels of repositories, and those that an answer shows, by their present names. What carries a label knows its id
 * alone, so that renaming or deleting one shows everywhere at once.
 */
public final class Labels {

    /** Most labels of a repository that are read as a whole. */
    private static final int WHOLE = 100;
    /** Most labels of one thing that are read one by one. */
    private static final int SINGLY = 6;

    private final ReadContext read;
    private final Set<Long> whole = new HashSet<>();

    Labels(ReadContext read) {
        this.read = read;
    }

    /** The labels of a repository, for views of its own. */
    public static Labels of(ReadContext read) {
        return read.labels();
    }

    static boolean isPossible(String name) {
        return !name.isEmpty() && name.codePointCount(0, name.length()) <= LabelName.LIMIT;
    }

    /**
     * Reads the labels of a repository as a whole rather than one by one: where many are needed, or it is not known yet
     * which.
     */
    void readWhole(long repository) {
        if (whole.add(repository)) {
            page(repository);
        }
    }

    /** Reads what {@code items} carry, of each repository as a whole where that is more than a few. */
    void expect(Collection<Item> items) {
        Map<Long, Set<Long>> carried = new HashMap<>();
        items.forEach(item -> carried.computeIfAbsent(item.number(Attr.REPOSITORY_ID), id -> new HashSet<>())
                .addAll(item.numbers(Attr.LABELS)));
        carried.forEach((repository, ids) -> {
            if (ids.size() > SINGLY) {
                readWhole(repository);
            }
        });
    }

    /**
     * The id of the label that has a name; {@code null} when none has. Looked for among all of the repository's labels, which
     * a list of what carries it shows anyway.
     */
    @Nullable
    Long idOf(long repository, String name) {
        if (!isPossible(name)) {
            return null;
        }
        readWhole(repository);
        Queried page = page(repository);
        String key = LabelName.key(name);
        return page.items().stream()
                .filter(item -> !item.isTombstone()
                        && LabelName.key(item.string(Attr.NAME)).equals(key))
                .map(item -> Long.valueOf(item.number(Attr.ID)))
                .findFirst()
                .orElseGet(() -> page.more() == null
                        ? null
                        : read.names().idOf(Keys.labelName(repository, name), Attr.LABEL_ID));
    }

    private Queried page(long repository) {
        return read.lookup().page(range(repository));
    }

    private Range range(long repository) {
        return Range.all(Spans.labels(repository), WHOLE, false);
    }

    /** The labels that something carries and that still exist. */
    List<Item> itemsOf(Item labelled) {
        List<Long> ids = labelled.numbers(Attr.LABELS);
        long repository = labelled.number(Attr.REPOSITORY_ID);
        if (ids.size() > SINGLY) {
            readWhole(repository);
        }
        if (ids.isEmpty() || !whole.contains(repository)) {
            return items(repository, ids);
        }
        Queried page = page(repository);
        if (read.lookup().isUnknown(range(repository))) {
            return List.of();
        }
        Map<Long, Item> found = new HashMap<>();
        page.items().stream()
                .filter(item -> !item.isTombstone())
                .forEach(item -> found.put(item.number(Attr.ID), item));
        if (page.more() != null) {
            List<Long> others =
                    ids.stream().filter(id -> !found.containsKey(id)).toList();
            items(repository, others).forEach(item -> found.put(item.number(Attr.ID), item));
        }
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private List<Item> items(long repository, Collection<Long> ids) {
        List<Item> items = new ArrayList<>();
        for (Long id : ids) {
            Item item = read.lookup().item(Keys.label(repository, id));
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    /** As {@link #itemsOf}, as they are shown. */
    List<LabelJson> of(Item labelled, RepositoryRef repository) {
        return itemsOf(labelled).stream().map(item -> json(item, repository)).toList();
    }

    private LabelJson json(Item label, RepositoryRef repository) {
        return LabelJson.of(
                read.links(),
                repository,
                new LabelId(label.number(Attr.ID)),
                label.string(Attr.NAME),
                label.string(Attr.COLOR),
                label.text(Attr.DESCRIPTION, null));
    }

    /** Those labels of a repository that still exist. */
    List<LabelJson> named(long repository, Collection<Long> ids) {
        RepositoryRef ref = new RepositoryViews(read).ref(repository);
        return items(repository, ids).stream().map(item -> json(item, ref)).toList();
    }

    /** The repository's labels, by name. */
    public Listed<LabelJson> list(Address address, PageRequest request) {
        long repository = read.names().repository(address);
        Page page =
                read.pager(request, false).of(Spans.labelsByName(repository)).page();
        RepositoryRef ref = new RepositoryViews(read).ref(repository);
        return new Listed<>(page.items().stream().map(item -> json(item, ref)).toList(), page);
    }

    /** The label with this name in any case. */
    public LabelJson byName(Address address, String name) {
        if (!isPossible(name)) {
            throw Rejection.notFound();
        }
        long repository = read.names().repository(address);
        Long id = read.names().idOf(Keys.labelName(repository, name), Attr.LABEL_ID);
        ItemKey key = Keys.label(repository, id == null ? 0 : id);
        Item label = id == null ? null : read.lookup().item(key);
        if (label == null) {
            throw Rejection.notFound();
        }
        return json(label, new RepositoryViews(read).ref(repository));
    }
}

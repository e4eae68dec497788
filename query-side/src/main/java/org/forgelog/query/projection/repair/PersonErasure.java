package org.forgelog.query.projection.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.forgelog.domain.account.AccountId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.eventlog.PersonNames;
import org.forgelog.query.projection.batch.EngineItemCache;
import org.forgelog.query.table.Attr;
import org.forgelog.query.table.Item;
import org.forgelog.query.table.ItemKey;
import org.forgelog.query.table.Keys;
import org.forgelog.query.table.Spans;
import org.forgelog.query.table.Table;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Removes from a table what still names a person whose account is deleted: the names under which the account and its
 * repositories were found, tombstones and redirects among them, and what failures say of the person. Everything else that
 * named the person went when the account was deleted. Has to come before the person's key is destroyed: afterwards nobody
 * knows the names any more.
 */
public final class PersonErasure {

    /** What the outcome of one that succeeded begins with. */
    public static final String ERASED = "erased: ";

    private final EventCodec codec;
    private final Table table;
    private final EngineItemCache cache;

    public PersonErasure(EventCodec codec, Table table, EngineItemCache cache) {
        this.codec = codec;
        this.table = table;
        this.cache = cache;
    }

    /** Whether a request is for this: an account's sequence, not a repository's. */
    public static boolean isFor(RepairRequest request) {
        return request.rebuild() && request.sequence().matches("a:[0-9]{1,16}");
    }

    /**
     * Erases, and says what came of it, in words; {@code null} when the table is not so far yet.
     *
     * @param position up to where the table has everything
     */
    public @Nullable String attempt(EventLogReader log, String sequence, long position) {
        try {
            AccountId account = new AccountId(Long.parseLong(sequence.substring(2)));
            PersonNames names = PersonNames.read(log, codec, account, position);
            if (names.deletedAt() == 0) {
                return log.lastPositionOf(account.aggregateId()) > position
                        ? null
                        : "the account is not deleted; nothing was changed";
            }
            int removed = removeNames(names);
            int silenced = silenceDeadLetters(names);
            cache.forgetAll();
            return ERASED + removed + " names removed, " + silenced + " dead letters silenced";
        } catch (DynamoDbException | IllegalStateException e) {
            return "failed: " + e.getClass().getSimpleName();
        }
    }

    private int removeNames(PersonNames names) {
        Map<ItemKey, Item> found = new LinkedHashMap<>();
        // Built anew, a table has nothing where the addresses were.
        find(Keys.emails(names.account().value()), found);
        names.logins().forEach(login -> find(Keys.login(login), found));
        names.addresses().forEach(address -> find(Keys.repositoryName(address.owner(), address.name()), found));
        List<ItemKey> hers = new ArrayList<>();
        found.forEach((key, item) -> {
            if (item.isTombstone()
                    || item.number(Attr.ACCOUNT_ID, 0) == names.account().value()
                    || item.flag(Attr.REDIRECT) && names.repositories().contains(item.number(Attr.REPOSITORY_ID, 0))) {
                hers.add(key);
            }
        });
        for (int from = 0; from < hers.size(); from += Table.DELETE_LIMIT) {
            Set<ItemKey> left = table.delete(hers.subList(from, Math.min(from + Table.DELETE_LIMIT, hers.size())));
            if (!left.isEmpty()) {
                throw new IllegalStateException("the table did not delete all of them");
            }
        }
        return hers.size();
    }

    private void find(ItemKey key, Map<ItemKey, Item> found) {
        Item item = table.find(key);
        if (item != null) {
            found.put(key, item);
        }
    }

    private int silenceDeadLetters(PersonNames names) {
        int silenced = 0;
        for (Item letter : table.all(Spans.allDeadLetters())) {
            if (names.areIn(String.valueOf(letter.text(Attr.ERROR, "")))
                    || names.areIn(String.valueOf(letter.text(Attr.TRACE, "")))) {
                Item silent = letter.with(Attr.ERROR, "an event that named somebody who is forgotten")
                        .with(Attr.TRACE, "");
                table.client().putItem(put -> put.tableName(table.name()).item(silent.attributes()));
                silenced++;
            }
        }
        return silenced;
    }
}

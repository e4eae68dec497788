package org.forgelog.domain.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.account.AccountEvent.EmailsAdded;
import org.forgelog.domain.account.AccountEvent.EmailsRemoved;

/** The rules of a user's addresses. They ignore case and keep it; the first is the primary one and stays. */
final class Emails {

    /** Most addresses of a user. */
    static final int LIMIT = 50;

    private static final String RESOURCE = "UserEmail";
    private static final String FIELD = "emails";

    private Emails() {}

    static List<AccountEvent> add(AccountId id, List<String> present, List<String> emails, Instant at) {
        Map<String, String> added = new LinkedHashMap<>();
        for (String email : emails) {
            Profile.checkEmail(RESOURCE, FIELD, email);
            added.putIfAbsent(key(email), email);
        }
        present.forEach(email -> added.remove(key(email)));
        if (present.size() + added.size() > LIMIT) {
            throw Rejection.invalid(RESOURCE, FIELD, Fault.CUSTOM, "emails are too many (maximum is " + LIMIT + ")");
        }
        return added.isEmpty() ? List.of() : List.of(new EmailsAdded(id, List.copyOf(added.values()), at));
    }

    static List<AccountEvent> remove(AccountId id, List<String> present, List<String> emails, Instant at) {
        List<String> keys = emails.stream().map(Emails::key).toList();
        List<String> removed =
                present.stream().filter(email -> keys.contains(key(email))).toList();
        if (removed.size() < keys.stream().distinct().count()) {
            throw Rejection.notFound();
        }
        if (!removed.isEmpty() && removed.getFirst().equals(present.getFirst())) {
            throw Rejection.invalid(RESOURCE, FIELD, Fault.INVALID, "The primary address cannot be removed.");
        }
        return removed.isEmpty() ? List.of() : List.of(new EmailsRemoved(id, removed, at));
    }

    static List<String> with(List<String> present, List<String> added) {
        List<String> after = new ArrayList<>(present);
        after.addAll(added);
        return List.copyOf(after);
    }

    static List<String> without(List<String> present, List<String> removed) {
        return present.stream().filter(email -> !removed.contains(email)).toList();
    }

    private static String key(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}

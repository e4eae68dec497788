package org.forgelog.domain.account;

import java.util.Locale;
import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** The name of an account. It keeps its case; {@link #key()} is what makes it unique. */
public record Login(String value) {

    /** Longest login, in characters. */
    public static final int LIMIT = 39;

    private static final String FORGOTTEN = "ghost~";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9](-?[A-Za-z0-9])*");

    public Login {
        if (value.length() > LIMIT) {
            throw Rejection.invalid(
                    "User", "login", Fault.CUSTOM, "login is too long (maximum is " + LIMIT + " characters)");
        }
        if (!FORM.matcher(value).matches()) {
            throw Rejection.invalid(
                    "User",
                    "login",
                    Fault.INVALID,
                    "login may only hold letters, digits and single hyphens between them");
        }
    }

    /** What stands for the login of somebody who was forgotten: no login, so nobody can have it. */
    public static String ofForgotten(AccountId id) {
        return FORGOTTEN + id.value();
    }

    /** Whether it is what stands for the login of somebody who was forgotten. */
    public static boolean isForgotten(String login) {
        return login.startsWith(FORGOTTEN);
    }

    /** The login without case, as it is unique and looked up. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}

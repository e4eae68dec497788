package org.forgelog.domain.account;

import java.util.regex.Pattern;
import org.forgelog.domain.Change;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;
import org.forgelog.domain.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What an account says of itself.
 *
 * @param paymentPlanId the plan that is billed, shown to the account alone
 */
public record Profile(
        @Nullable String name,
        @Nullable String email,
        @Nullable String blog,
        @Nullable String twitterUsername,
        @Nullable String company,
        @Nullable String location,
        @Nullable Boolean hireable,
        @Nullable String bio,
        @Nullable String paymentPlanId) {

    /** Longest of any profile text but the biography, in characters. */
    public static final int LINE_LIMIT = 255;
    /** Longest biography, in characters. */
    public static final int BIO_LIMIT = 160;

    public static final Profile EMPTY = new Profile(null, null, null, null, null, null, null, null, null);

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

    /** Which fields of a profile change; a {@code null} component leaves its field alone. */
    public record Changes(
            @Nullable Change<String> name,
            @Nullable Change<String> email,
            @Nullable Change<String> blog,
            @Nullable Change<String> twitterUsername,
            @Nullable Change<String> company,
            @Nullable Change<String> location,
            @Nullable Change<Boolean> hireable,
            @Nullable Change<String> bio,
            @Nullable Change<String> paymentPlanId) {

        /** A new name and nothing else. */
        static Changes ofName(String name) {
            return new Changes(Change.to(name), null, null, null, null, null, null, null, null);
        }

        /** Another address, or none, and nothing else. */
        public static Changes ofEmail(Change<String> email) {
            return new Changes(null, email, null, null, null, null, null, null, null);
        }

        boolean isEmpty() {
            return name == null
                    && email == null
                    && blog == null
                    && twitterUsername == null
                    && company == null
                    && location == null
                    && hireable == null
                    && bio == null
                    && paymentPlanId == null;
        }

        /** These changes without those that would leave {@code before} as it is. */
        Changes against(Profile before) {
            return new Changes(
                    Change.unlessSame(name, before.name),
                    Change.unlessSame(email, before.email),
                    Change.unlessSame(blog, before.blog),
                    Change.unlessSame(twitterUsername, before.twitterUsername),
                    Change.unlessSame(company, before.company),
                    Change.unlessSame(location, before.location),
                    Change.unlessSame(hireable, before.hireable),
                    Change.unlessSame(bio, before.bio),
                    Change.unlessSame(paymentPlanId, before.paymentPlanId));
        }

        /** Refuses fields that are too long or malformed; nothing stored is ever judged by it. */
        void validate() {
            line("name", name);
            line("blog", blog);
            line("twitter_username", twitterUsername);
            line("company", company);
            line("location", location);
            line("payment_plan_id", paymentPlanId);
            if (bio != null) {
                Texts.line("User", "bio", bio.value(), BIO_LIMIT);
            }
            if (email != null && email.value() != null) {
                checkEmail(email.value());
            }
        }

        private static void line(String field, @Nullable Change<String> change) {
            if (change != null) {
                Texts.line("User", field, change.value(), LINE_LIMIT);
            }
        }
    }

    /** {@code email}, when it looks like an address. */
    public static String checkEmail(String email) {
        return checkEmail("User", "email", email);
    }

    static String checkEmail(String resource, String field, String email) {
        Texts.line(resource, field, email, LINE_LIMIT);
        if (!EMAIL.matcher(email).matches()) {
            throw Rejection.invalid(resource, field, Fault.INVALID, field + " is not an address");
        }
        return email;
    }

    public Profile with(Changes changes) {
        return new Profile(
                Change.apply(changes.name, name),
                Change.apply(changes.email, email),
                Change.apply(changes.blog, blog),
                Change.apply(changes.twitterUsername, twitterUsername),
                Change.apply(changes.company, company),
                Change.apply(changes.location, location),
                Change.apply(changes.hireable, hireable),
                Change.apply(changes.bio, bio),
                Change.apply(changes.paymentPlanId, paymentPlanId));
    }
}

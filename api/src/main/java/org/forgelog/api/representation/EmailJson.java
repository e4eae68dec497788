package org.forgelog.api.representation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address of a user (GitHub's {@code email}). Nobody is asked to confirm one: all count as verified. */
public record EmailJson(String email, boolean primary, boolean verified, @Nullable String visibility) {

    public static final String PUBLIC = "public";
    public static final String PRIVATE = "private";

    /**
     * All addresses of a user.
     *
     * @param emails the primary one first
     * @param shown the one on the profile, if any
     */
    public static List<EmailJson> all(List<String> emails, @Nullable String shown) {
        List<EmailJson> all = new ArrayList<>();
        for (String email : emails) {
            boolean primary = all.isEmpty();
            boolean isPublic = email.equalsIgnoreCase(shown);
            all.add(new EmailJson(email, primary, true, isPublic ? PUBLIC : primary ? PRIVATE : null));
        }
        return all;
    }
}

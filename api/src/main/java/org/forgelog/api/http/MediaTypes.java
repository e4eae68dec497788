package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** What the {@code Accept} header may ask for. Whatever it says, the answer is {@code application/json}. */
public final class MediaTypes {

    private static final Pattern STAR = Pattern.compile("application/vnd\\.github(\\.v3)?\\.star\\+json");

    private MediaTypes() {}

    /** Whether star lists should say since when. */
    public static boolean wantsStarDates(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && STAR.matcher(accept).find();
    }
}

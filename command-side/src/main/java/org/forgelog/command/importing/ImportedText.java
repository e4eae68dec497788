package org.forgelog.command.importing;

import java.util.Locale;
import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.Login;
import org.forgelog.domain.label.LabelColor;
import org.forgelog.domain.label.LabelName;
import org.forgelog.domain.repository.RepositoryName;
import org.forgelog.domain.repository.Topic;
import org.jspecify.annotations.Nullable;

/** Makes of texts that another forge allowed what is allowed here. */
final class ImportedText {

    private static final Pattern COLOR = Pattern.compile("[0-9A-Fa-f]{6}");

    private ImportedText() {}

    /** {@code text} with characters that cannot be stored replaced, and cut at {@code limit} characters. */
    static String cleaned(String text, int limit, boolean oneLine) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().limit(limit).forEach(c -> {
            if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                clean.append('\uFFFD');
            } else if (oneLine && Character.isISOControl(c)) {
                clean.append(' ');
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    static @Nullable String cleanedOrNull(@Nullable String text, int limit, boolean oneLine) {
        return text == null ? null : cleaned(text, limit, oneLine);
    }

    /** The login itself, where it can be one here; else one like it. */
    static String login(String login) {
        return shaped(login.replaceAll("[^A-Za-z0-9]+", "-"), Login.LIMIT, "user");
    }

    /** {@code login} with a number that makes it another one. */
    static String login(String login, int number) {
        String end = "-" + number;
        return login.substring(0, Math.min(login.length(), Login.LIMIT - end.length())) + end;
    }

    static String repositoryName(String name) {
        String shaped = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        shaped = shaped.substring(0, Math.min(shaped.length(), RepositoryName.LIMIT));
        return shaped.isEmpty() || shaped.equals(".") || shaped.equals("..") ? "repository" : shaped;
    }

    private static String shaped(String text, int limit, String otherwise) {
        String cut = text.startsWith("-") ? text.substring(1) : text;
        cut = cut.substring(0, Math.min(cut.length(), limit));
        while (cut.endsWith("-")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut.isEmpty() ? otherwise : cut;
    }

    /** A label's name; {@code null} where there is nothing to call it by. */
    static @Nullable LabelName labelName(String name) {
        String clean = cleaned(name.strip(), LabelName.LIMIT, true).strip();
        return clean.isEmpty() ? null : new LabelName(clean);
    }

    static @Nullable LabelColor labelColor(@Nullable String color) {
        return color != null && COLOR.matcher(color).matches() ? new LabelColor(color) : null;
    }

    /** {@code null} where it cannot be one here. */
    static @Nullable Topic topic(String word) {
        try {
            return new Topic(key(word));
        } catch (Rejection e) {
            return null;
        }
    }

    static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

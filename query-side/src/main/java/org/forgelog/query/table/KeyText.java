package org.forgelog.query.table;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.forgelog.domain.conversation.ConversationKind;
import org.forgelog.domain.invitation.Offer;

/**
 * The parts that keys are made of. Ids and numbers are 19 digits wide and times have milliseconds, so that text sorts as what
 * it stands for. The state digit puts open before closed in a descending read.
 */
final class KeyText {

    static final String BODY = "#B";
    static final String NAME = "N#";
    static final String MEMBER = "M#";
    static final String MILESTONE = "M#";
    static final String MILESTONES = "#M";
    static final String CONTRIBUTORS = "#K";

    private static final int DIGITS = 19;
    private static final String ZEROS = "0".repeat(DIGITS);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private KeyText() {}

    static String mark(Offer.Kind kind) {
        return switch (kind) {
            case COLLABORATION -> "C#";
            case MEMBERSHIP -> MEMBER;
            case OWNERSHIP -> "O#";
        };
    }

    static String ownedBy(long owner, boolean isPrivate) {
        return "OWN#" + number(owner) + (isPrivate ? "#H" : "");
    }

    static String openMark(boolean openOnly) {
        return openOnly ? "#O" : "";
    }

    /** {@code value} (not negative) with 19 digits. */
    static String number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a key holds no negative number: " + value);
        }
        String digits = Long.toString(value);
        return ZEROS.substring(digits.length()) + digits;
    }

    /** UTC with milliseconds, always 24 characters. */
    static String time(Instant instant) {
        return TIME.format(instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant);
    }

    static String timeAndId(Instant instant, long id) {
        return time(instant) + "#" + number(id);
    }

    static String labelPartition(long repository) {
        return "R#" + number(repository) + "#L";
    }

    static String milestonePartition(long repository) {
        return "R#" + number(repository) + MILESTONES;
    }

    static String state(boolean open) {
        return open ? "1#" : "0#";
    }

    static String commentsOf(ItemKey conversation) {
        return "C#" + conversation.pk() + "#" + conversation.sk();
    }

    static String reacted(ItemKey target) {
        return "X#" + target.pk() + "#" + target.sk();
    }

    static String conversations(ConversationKind kind, long repository) {
        return "R#" + number(repository) + mark(kind);
    }

    /** Issues and pull requests lie apart. */
    static String mark(ConversationKind kind) {
        return switch (kind) {
            case ISSUE -> "#I";
            case PULL_REQUEST -> "#P";
        };
    }
}

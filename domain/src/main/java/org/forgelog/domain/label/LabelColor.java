package org.forgelog.domain.label;

import java.util.regex.Pattern;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/** The color of a label: six hexadecimal digits, without a number sign. */
public record LabelColor(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f]{6}");

    /** What a label gets that was made without a color. */
    public static final LabelColor DEFAULT = new LabelColor("ededed");

    public LabelColor {
        if (!FORM.matcher(value).matches()) {
            throw Rejection.invalid(
                    "Label", "color", Fault.INVALID, "color must be six hexadecimal digits, without a leading #");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

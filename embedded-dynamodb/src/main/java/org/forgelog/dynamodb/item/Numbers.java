package org.forgelog.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;

/**
 * DynamoDB's numbers: at most 38 significant digits, magnitude from 1E-130 to 9.99...E+125. The canonical form has
 * neither exponent nor needless zeros, so equal numbers are equal strings.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
 *     types</a>
 */
public final class Numbers {

    private static final int DIGITS = 38;
    private static final int MOST_EXPONENT = 125;
    private static final int LEAST_EXPONENT = -130;
    /** No number that DynamoDB accepts is longer once its leading zeros are gone. */
    private static final int LONGEST = 512;

    private static final int NEGATIVE = 0;
    private static final int ZERO = 1;
    private static final int POSITIVE = 2;

    private Numbers() {}

    /**
     * The canonical form of a number as a client wrote it.
     *
     * @throws InvalidValueException when it is no number, or has more digits or another magnitude than DynamoDB takes
     */
    public static String canonical(String text) {
        if (isPlainInteger(text)) {
            return text;
        }
        return canonical(parse(text));
    }

    private static boolean isPlainInteger(String text) {
        int length = text.length();
        int start = length > 1 && text.charAt(0) == '-' ? 1 : 0;
        if (length == start || length - start > 18) {
            return false;
        }
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return text.charAt(start) != '0' || length == 1;
    }

    private static BigDecimal parse(String text) {
        if (text.isEmpty()) {
            throw new InvalidValueException("The parameter cannot be converted to a numeric value");
        }
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String digits = withoutLeadingZeros(text);
        if (digits.length() > LONGEST) {
            throw new InvalidValueException("Attempting to store more than 38 significant digits in a Number");
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("The parameter cannot be converted to a numeric value: " + shown);
        }
    }

    private static String withoutLeadingZeros(String text) {
        int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int end = start;
        while (end < text.length() - 1 && text.charAt(end) == '0' && Character.isDigit(text.charAt(end + 1))) {
            end++;
        }
        return end == start ? text : text.substring(0, start) + text.substring(end);
    }

    private static String canonical(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        long exponent = (long) stripped.precision() - stripped.scale() - 1;
        if (exponent > MOST_EXPONENT) {
            throw new InvalidValueException(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (exponent < LEAST_EXPONENT) {
            throw new InvalidValueException(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        if (stripped.precision() > DIGITS) {
            throw new InvalidValueException("Attempting to store more than 38 significant digits in a Number");
        }
        return stripped.toPlainString();
    }

    /** The sum of two canonical numbers. */
    public static String add(String left, String right) {
        return canonical(new BigDecimal(left).add(new BigDecimal(right)));
    }

    /** The difference of two canonical numbers. */
    public static String subtract(String left, String right) {
        return canonical(new BigDecimal(left).subtract(new BigDecimal(right)));
    }

    /** Compares two canonical numbers. */
    public static int compare(String left, String right) {
        return left.equals(right) ? 0 : new BigDecimal(left).compareTo(new BigDecimal(right));
    }

    /** The bytes that a canonical number counts in an item's size: one for two digits, one for exponent and sign. */
    static int size(String number) {
        if (number.equals("0")) {
            return 1;
        }
        int start = number.charAt(0) == '-' ? 1 : 0;
        int point = number.indexOf('.');
        int first = start;
        while (number.charAt(first) == '0' || number.charAt(first) == '.') {
            first++;
        }
        int last = number.length() - 1;
        while (number.charAt(last) == '0' || number.charAt(last) == '.') {
            last--;
        }
        int digits = last - first + 1 - (point > first && point < last ? 1 : 0);
        return (digits + 1) / 2 + 1 + start;
    }

    /** Appends bytes that sort, unsigned, as the numbers do. */
    static void writeSortable(String number, ByteArrayOutputStream out) {
        BigDecimal value = new BigDecimal(number).stripTrailingZeros();
        if (value.signum() == 0) {
            out.write(ZERO);
            return;
        }
        boolean negative = value.signum() < 0;
        int mask = negative ? 0xff : 0;
        String digits = value.unscaledValue().abs().toString();
        int exponent = value.precision() - value.scale() - 1;
        out.write(negative ? NEGATIVE : POSITIVE);
        out.write((exponent - LEAST_EXPONENT) ^ mask);
        for (int i = 0; i < digits.length(); i += 2) {
            int high = digits.charAt(i) - '0';
            int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            out.write((high * 10 + low + 1) ^ mask);
        }
        if (negative) {
            out.write(0xff);
        }
    }
}

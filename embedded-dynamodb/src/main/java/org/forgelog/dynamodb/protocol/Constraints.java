package org.forgelog.dynamodb.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects which constraints of AWS's service model a request breaks, to be told together. */
public final class Constraints {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int LONGEST_NAME = 255;

    private final List<String> broken = new ArrayList<>();

    /** A table's or an index's name. */
    public Constraints name(String at, @Nullable String name, int shortest) {
        if (name == null) {
            return notNull(at, null);
        }
        if (!NAME.matcher(name).matches() && !name.isEmpty()) {
            add("'" + name + "'", at, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }
        if (name.length() < shortest) {
            add("'" + name + "'", at, "Member must have length greater than or equal to " + shortest);
        }
        if (name.length() > LONGEST_NAME) {
            add("'" + name + "'", at, "Member must have length less than or equal to " + LONGEST_NAME);
        }
        return this;
    }

    /** An item operation's table; a table may be named by its ARN. */
    public Constraints tableName(@Nullable String name) {
        return name("tableName", name == null ? null : withoutArn(name), 1);
    }

    /** A table's name where it was named by its ARN. */
    public static String withoutArn(String name) {
        return name.startsWith("arn:") ? name.substring(name.indexOf('/') + 1) : name;
    }

    public Constraints notNull(String at, @Nullable Object value) {
        if (value == null) {
            broken.add("Value null at '" + at + "' failed to satisfy constraint: Member must not be null");
        }
        return this;
    }

    /** One of the values, in AWS's order; or nothing. */
    public Constraints oneOf(String at, @Nullable String value, String... values) {
        if (value != null && !Arrays.asList(values).contains(value)) {
            add("'" + value + "'", at, "Member must satisfy enum value set: " + Arrays.toString(values));
        }
        return this;
    }

    public Constraints atLeast(String at, @Nullable Long value, long least) {
        if (value != null && value < least) {
            add("'" + value + "'", at, "Member must have value greater than or equal to " + least);
        }
        return this;
    }

    public Constraints atMost(String at, @Nullable Long value, long most) {
        if (value != null && value > most) {
            add("'" + value + "'", at, "Member must have value less than or equal to " + most);
        }
        return this;
    }

    public Constraints length(String at, @Nullable String value, int least, int most) {
        if (value != null && value.length() < least) {
            add("'" + value + "'", at, "Member must have length greater than or equal to " + least);
        }
        if (value != null && value.length() > most) {
            add("'" + value + "'", at, "Member must have length less than or equal to " + most);
        }
        return this;
    }

    /** A list with so many members. */
    public Constraints size(String at, @Nullable List<?> list, int least, int most) {
        if (list != null && list.size() < least) {
            add("'" + list + "'", at, "Member must have length greater than or equal to " + least);
        }
        if (list != null && list.size() > most) {
            add("'" + list + "'", at, "Member must have length less than or equal to " + most);
        }
        return this;
    }

    private void add(String value, String at, String constraint) {
        broken.add("Value " + value + " at '" + at + "' failed to satisfy constraint: " + constraint);
    }

    /** @throws DynamoDbError when one of them is broken */
    public void check() {
        if (!broken.isEmpty()) {
            throw DynamoDbError.validation(broken.size() + " validation error" + (broken.size() == 1 ? "" : "s")
                    + " detected: " + String.join("; ", broken));
        }
    }
}

package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.forgelog.domain.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * An error, in GitHub's shape.
 *
 * @param status the HTTP status, as a string: that is how GitHub sends it
 * @param command which command of a batch failed, counted from 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorJson(
        String message,
        @Nullable List<Field> errors,
        String documentationUrl,
        String status,
        @Nullable Integer command) {

    /** Where errors are explained. */
    public static final String DOCUMENTATION = "https://docs.github.com/rest";

    /** A field that is wrong. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(String resource, String field, String code, @Nullable String message) {}

    public static ErrorJson of(int status, String message) {
        return new ErrorJson(message, null, DOCUMENTATION, Integer.toString(status), null);
    }

    public static ErrorJson of(int status, Rejection rejection) {
        List<Field> fields = rejection.errors().stream()
                .map(e -> new Field(e.resource(), e.field(), e.fault().name().toLowerCase(Locale.ROOT), e.message()))
                .toList();
        return new ErrorJson(
                String.valueOf(rejection.getMessage()),
                fields.isEmpty() ? null : fields,
                DOCUMENTATION,
                Integer.toString(status),
                null);
    }

    /** The same error, explained elsewhere. */
    public ErrorJson documentedAt(String address) {
        return new ErrorJson(message, errors, address, status, command);
    }

    /** The same error, saying which command of a batch it came from. */
    public ErrorJson inCommand(int index) {
        return new ErrorJson(message, errors, documentationUrl, status, index);
    }
}

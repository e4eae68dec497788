package org.forgelog.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command was refused. It is unchecked so that it rolls back whatever the command's transaction did before, numbers
 * included, and it carries a code, never a sentence to be told apart by.
 */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a command was refused. */
    public enum Code {
        /** Unknown, or invisible to the caller: the two must not be told apart. */
        NOT_FOUND,
        /** Visible, but not allowed. */
        FORBIDDEN,
        /** The repository is archived and takes no writes. */
        ARCHIVED,
        /** The caller's account is suspended. */
        SUSPENDED,
        /** The repository has issues switched off. */
        ISSUES_DISABLED,
        /** One or more fields are wrong; {@link Rejection#errors()} names them. */
        INVALID,
        /** The pull request cannot be merged as it stands. */
        NOT_MERGEABLE,
        /** The pull request's head is not the commit that the caller meant to merge. */
        HEAD_MOVED
    }

    /** What is wrong with a field: the codes of GitHub's validation errors. */
    public enum Fault {
        MISSING,
        MISSING_FIELD,
        INVALID,
        ALREADY_EXISTS,
        UNPROCESSABLE,
        CUSTOM
    }

    /**
     * One wrong field.
     *
     * @param resource the kind of thing, {@code Issue} for instance
     * @param field the field as clients spell it
     * @param message what a person should read, where the code does not say it all
     */
    public record FieldError(String resource, String field, Fault fault, @Nullable String message) {}

    private final Code code;
    private final transient List<FieldError> errors;

    private Rejection(Code code, String message, List<FieldError> errors) {
        super(message, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public static Rejection of(Code code, String message) {
        return new Rejection(code, message, List.of());
    }

    public static Rejection notFound() {
        return of(Code.NOT_FOUND, "Not Found");
    }

    /** @param message what there is none of */
    public static Rejection notFound(String message) {
        return of(Code.NOT_FOUND, message);
    }

    public static Rejection forbidden(String message) {
        return of(Code.FORBIDDEN, message);
    }

    public static Rejection invalid(String resource, String field, Fault fault, @Nullable String message) {
        return invalid(List.of(new FieldError(resource, field, fault, message)));
    }

    public static Rejection invalid(List<FieldError> errors) {
        return new Rejection(Code.INVALID, "Validation Failed", errors);
    }

    public Code code() {
        return code;
    }

    /** The wrong fields; empty unless {@link #code()} is {@link Code#INVALID}. */
    public List<FieldError> errors() {
        return errors;
    }
}

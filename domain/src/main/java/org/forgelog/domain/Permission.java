package org.forgelog.domain;

import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;

/** What somebody may do with a repository, from least to most: each includes those before it. */
public enum Permission {
    NONE("none", "none"),
    READ("read", "pull"),
    WRITE("write", "push"),
    ADMIN("admin", "admin");

    private final String word;
    private final String collaboratorWord;

    Permission(String word, String collaboratorWord) {
        this.word = word;
        this.collaboratorWord = collaboratorWord;
    }

    /** The word for it in a permission level and in an organization's settings: none, read, write, admin. */
    public String word() {
        return word;
    }

    /** The word for it where collaborators are listed and added: pull, push, admin. */
    public String collaboratorWord() {
        return collaboratorWord;
    }

    /** Whether this permission is enough where {@code needed} is asked for. */
    public boolean covers(Permission needed) {
        return compareTo(needed) >= 0;
    }

    /** The greater of the two. */
    public Permission or(@Nullable Permission other) {
        return other == null || covers(other) ? this : other;
    }

    /** Reads a client's word of either vocabulary for what a collaborator gets; there is no triage or maintain here. */
    public static Permission ofCollaborator(String word) {
        for (Permission permission : values()) {
            if (permission != NONE && (permission.word.equals(word) || permission.collaboratorWord.equals(word))) {
                return permission;
            }
        }
        throw Rejection.invalid(
                "Repository", "permission", Fault.INVALID, "permission must be one of pull, push, admin");
    }

    /** Reads a client's word for what the members of an organization get. */
    public static Permission ofMembers(String word) {
        for (Permission permission : values()) {
            if (permission.word.equals(word)) {
                return permission;
            }
        }
        throw Rejection.invalid(
                "Organization",
                "default_repository_permission",
                Fault.INVALID,
                "default_repository_permission must be one of read, write, admin, none");
    }
}

package org.forgelog.domain;

import java.util.List;
import org.forgelog.domain.Rejection.Fault;
import org.jspecify.annotations.Nullable;

/** What somebody may do with a repository, from least to most: each includes those before it. */
public enum Permission {
    NONE("none", "none"),
    READ("read", "pull"),
    /** Labels, assigns, closes and reopens what others opened. */
    TRIAGE("triage", "triage"),
    WRITE("write", "push"),
    /** Says what the repository is about, too. */
    MAINTAIN("maintain", "maintain"),
    ADMIN("admin", "admin");

    private static final List<Permission> OF_MEMBERS = List.of(READ, WRITE, ADMIN, NONE);

    private final String word;
    private final String collaboratorWord;

    Permission(String word, String collaboratorWord) {
        this.word = word;
        this.collaboratorWord = collaboratorWord;
    }

    /** The word for it as a role, and in an organization's settings. */
    public String word() {
        return word;
    }

    /** The word for it where collaborators are listed and added: pull, triage, push, maintain, admin. */
    public String collaboratorWord() {
        return collaboratorWord;
    }

    /** The word for it among the four older ones, which know no triage and no maintain: none, read, write, admin. */
    public String olderWord() {
        return switch (this) {
            case NONE, READ, WRITE, ADMIN -> word;
            case TRIAGE -> READ.word;
            case MAINTAIN -> WRITE.word;
        };
    }

    /** Whether this permission is enough where {@code needed} is asked for. */
    public boolean covers(Permission needed) {
        return compareTo(needed) >= 0;
    }

    /** The greater of the two. */
    public Permission or(@Nullable Permission other) {
        return other == null || covers(other) ? this : other;
    }

    /** Reads a client's word of either vocabulary for what a collaborator gets. */
    public static Permission ofCollaborator(String word) {
        for (Permission permission : values()) {
            if (permission != NONE && (permission.word.equals(word) || permission.collaboratorWord.equals(word))) {
                return permission;
            }
        }
        throw Rejection.invalid(
                "Repository",
                "permission",
                Fault.INVALID,
                "permission must be one of pull, triage, push, maintain, admin");
    }

    /** Reads a client's word for what the members of an organization get. */
    public static Permission ofMembers(String word) {
        for (Permission permission : OF_MEMBERS) {
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

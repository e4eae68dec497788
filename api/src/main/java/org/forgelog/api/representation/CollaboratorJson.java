package org.forgelog.api.representation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.forgelog.domain.Permission;

/** Somebody with rights on a repository (GitHub's {@code collaborator}). */
public record CollaboratorJson(@JsonUnwrapped SimpleUser user, PermissionsJson permissions, String roleName) {

    public static CollaboratorJson of(SimpleUser user, Permission permission) {
        return new CollaboratorJson(user, PermissionsJson.of(permission), permission.word());
    }
}

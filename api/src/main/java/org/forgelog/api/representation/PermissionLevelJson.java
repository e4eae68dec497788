package org.forgelog.api.representation;

import org.forgelog.domain.Permission;

/**
 * What somebody may do with a repository (GitHub's {@code repository-collaborator-permission}).
 *
 * @param permission in the older words, which know no triage and no maintain
 */
public record PermissionLevelJson(String permission, String roleName, CollaboratorJson user) {

    public static PermissionLevelJson of(SimpleUser user, Permission permission) {
        return new PermissionLevelJson(
                permission.olderWord(), permission.word(), CollaboratorJson.of(user, permission));
    }
}

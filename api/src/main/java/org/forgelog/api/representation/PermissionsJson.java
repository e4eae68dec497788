package org.forgelog.api.representation;

import org.forgelog.domain.Permission;

/** What somebody may do with a repository, as switches of which each includes those after it. */
public record PermissionsJson(boolean admin, boolean maintain, boolean push, boolean triage, boolean pull) {

    public static PermissionsJson of(Permission permission) {
        return new PermissionsJson(
                permission.covers(Permission.ADMIN),
                permission.covers(Permission.MAINTAIN),
                permission.covers(Permission.WRITE),
                permission.covers(Permission.TRIAGE),
                permission.covers(Permission.READ));
    }
}

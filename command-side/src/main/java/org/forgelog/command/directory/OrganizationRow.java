package org.forgelog.command.directory;

import org.forgelog.domain.Permission;

/**
 * An organization as the directory knows it, beside its account.
 *
 * @param ofMembers what a member may do with each of its repositories, at least
 * @param membersCreatePublic whether members may create public repositories in it
 * @param membersCreatePrivate whether members may create private ones
 * @param membersForkPrivate whether members may fork its private ones
 */
public record OrganizationRow(
        Permission ofMembers, boolean membersCreatePublic, boolean membersCreatePrivate, boolean membersForkPrivate) {}

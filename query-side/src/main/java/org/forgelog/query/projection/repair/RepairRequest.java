package org.forgelog.query.projection.repair;

/**
 * An operator's request to repair what one sequence made in one table.
 *
 * @param rebuild whether all of it is rebuilt from the beginning; otherwise it is retried from where it is blocked
 */
public record RepairRequest(long id, String table, String sequence, boolean rebuild) {}

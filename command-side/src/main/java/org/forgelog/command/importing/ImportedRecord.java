package org.forgelog.command.importing;

import java.util.List;

/**
 * One record of a file.
 *
 * @param where for people: the file within an archive, the line or the entry
 * @param origin what the other forge calls it; in the metadata of the events that come of it
 * @param once whether it tells of a change, and must not be taken twice; what tells how something is may be
 */
record ImportedRecord(String where, String origin, boolean once, List<Fact> facts) {}

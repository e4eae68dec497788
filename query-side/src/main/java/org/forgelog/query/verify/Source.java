package org.forgelog.query.verify;

import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.EventLogReader;

/**
 * Where events come from.
 *
 * @param mostItems of one sequence in memory at once; one that makes more is read several times, for a part of them each
 * @param folds how events become items
 */
record Source(EventLogReader log, EventCodec codec, int mostItems, ItemFold.Factory folds) {}

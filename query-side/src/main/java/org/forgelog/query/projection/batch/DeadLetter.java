package org.forgelog.query.projection.batch;

/**
 * An event that could not be projected. It blocks its sequence: neither it nor what follows it in the sequence changes the
 * table, until the event is retried with success or skipped.
 *
 * @param position of the event in the log
 */
public record DeadLetter(String sequence, long position, String error) {}

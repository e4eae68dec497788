package org.forgelog.command.directory;

import org.forgelog.domain.comment.CommentPlace;

/**
 * An issue or a pull request as the directory knows it.
 *
 * @param place what its comments are on
 * @param locked whether only those with push access take part
 */
public record ConversationRow(CommentPlace place, boolean locked) {}

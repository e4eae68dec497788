/**
 * What commands look up across aggregates: accounts, names, rights and last numbers. Tables in the event log's
 * database, written with the events and computable from them.
 */
@NullMarked
package org.forgelog.command.directory;

import org.jspecify.annotations.NullMarked;

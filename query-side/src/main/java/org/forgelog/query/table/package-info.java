/** The table: its keys, its items and their sizes, and how it is asked. */
@NullMarked
package org.forgelog.query.table;

import org.jspecify.annotations.NullMarked;

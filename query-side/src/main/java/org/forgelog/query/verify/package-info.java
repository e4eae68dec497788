/**
 * Verifies a table on a running system: folds the log again with the projectors, in bounded memory, and compares the table
 * with that, item by item. Finds what was lost, doubled or damaged; whether the projectors are right is for the tests, where
 * an independent fold is the oracle.
 */
@NullMarked
package org.forgelog.query.verify;

import org.jspecify.annotations.NullMarked;

/**
 * The JSON that clients see, in GitHub's shape. A representation is made from a view (plain data that either side can
 * fill) in one place, so that a write answers exactly what a later read answers.
 */
@NullMarked
package org.forgelog.api.representation;

import org.jspecify.annotations.NullMarked;

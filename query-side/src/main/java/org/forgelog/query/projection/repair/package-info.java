/** Puts right what is blocked, damaged or left over: dead letters, the rebuild of one repository, the sweeper. */
@NullMarked
package org.forgelog.query.projection.repair;

import org.jspecify.annotations.NullMarked;

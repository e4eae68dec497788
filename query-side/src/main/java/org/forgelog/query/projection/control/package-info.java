/** What nodes share through PostgreSQL: statements on the control tables, and which nodes are alive. */
@NullMarked
package org.forgelog.query.projection.control;

import org.jspecify.annotations.NullMarked;

/** The GETs of the query API. */
@NullMarked
package org.forgelog.query.http;

import org.jspecify.annotations.NullMarked;

/** GitHub's HTTP conventions, as filters and error answers that both applications share. */
@NullMarked
package org.forgelog.api.http;

import org.jspecify.annotations.NullMarked;

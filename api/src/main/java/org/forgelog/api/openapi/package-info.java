/** What can be asked for over HTTP, in one catalogue, and the OpenAPI description made of it. */
@NullMarked
package org.forgelog.api.openapi;

import org.jspecify.annotations.NullMarked;

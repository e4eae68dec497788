@NullMarked
package org.forgelog.api.openapi;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.forgelog.api.http;

import org.jspecify.annotations.NullMarked;

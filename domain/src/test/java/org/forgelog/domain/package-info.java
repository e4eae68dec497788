@NullMarked
package org.forgelog.domain;

import org.jspecify.annotations.NullMarked;

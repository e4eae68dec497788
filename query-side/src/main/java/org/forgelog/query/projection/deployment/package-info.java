/** Tables as a blue/green deployment: build a candidate, verify it, switch to it, roll back. */
@NullMarked
package org.forgelog.query.projection.deployment;

import org.jspecify.annotations.NullMarked;

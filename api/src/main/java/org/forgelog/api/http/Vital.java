package org.forgelog.api.http;

/** Something that a node cannot do without, and that does not come back by itself. A node that lost it is not alive. */
public interface Vital {

    boolean isAlive();
}

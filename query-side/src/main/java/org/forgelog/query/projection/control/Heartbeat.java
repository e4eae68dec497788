package org.forgelog.query.projection.control;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other nodes that this one is alive and which table it reads from, every second and when that changes. */
public final class Heartbeat {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final NodeRegistry nodes;
    private final String node;
    private String told = "";
    private long toldNanos;

    public Heartbeat(NodeRegistry nodes, String node) {
        this.nodes = nodes;
        this.node = node;
    }

    /** Tells it if it is due. */
    public void beat(String serves) {
        long now = System.nanoTime();
        if (!serves.equals(told) || now - toldNanos > INTERVAL.toNanos()) {
            nodes.alive(node, serves);
            told = serves;
            toldNanos = now;
        }
    }

    /** Tells that this node ends. Where the database does not answer, the others notice by themselves. */
    public void farewell() {
        Thread telling = Thread.ofVirtual().start(() -> {
            try {
                nodes.gone(node);
            } catch (RuntimeException e) {
                log.debug("nobody is told that this node is gone", e);
            }
        });
        try {
            telling.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

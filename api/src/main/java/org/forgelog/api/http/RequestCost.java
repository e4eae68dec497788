package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What one request cost so far, and the place that it has among {@link ExpensiveRequests}. Used by one thread. */
public final class RequestCost {

    private static final String ATTRIBUTE = RequestCost.class.getName();
    /** So many bytes, taken or sent, weigh as much as a read unit: they cost processor time, and no money. */
    private static final double BYTES = 65_536;

    private final ExpensiveRequests places;
    private final String caller;
    private double points;
    private boolean expensive;

    RequestCost(ExpensiveRequests places, String caller) {
        this.places = places;
        this.caller = caller;
    }

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** That of a request; {@code null} for what is not counted, as probes are not. */
    public static @Nullable RequestCost of(HttpServletRequest request) {
        return (RequestCost) request.getAttribute(ATTRIBUTE);
    }

    /** Adds what was read from the table, in read units. */
    public void addReadUnits(double units) {
        points += units;
    }

    /** Adds what was taken or is sent. */
    public void addBytes(long bytes) {
        points += bytes / BYTES;
    }

    /**
     * Says that the request takes much memory and time from here on, until its answer is sent.
     *
     * @throws HttpFailure 503 where too many do
     */
    public void becomeExpensive() {
        if (!expensive) {
            places.enter(caller);
            expensive = true;
        }
    }

    /** In read units. */
    double points() {
        return points;
    }

    void end() {
        if (expensive) {
            places.leave(caller);
            expensive = false;
        }
    }
}

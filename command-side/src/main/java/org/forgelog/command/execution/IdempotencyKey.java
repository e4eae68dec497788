package org.forgelog.command.execution;

import org.forgelog.domain.Digests;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.Rejection.Fault;

/**
 * A client's name for one of its requests, by which a repeat is recognised.
 *
 * @param owner who sent it: keys of different owners have nothing to do with each other
 * @param requestHash hash of the request, to tell a repeat from another request under the same key
 */
public record IdempotencyKey(String owner, String key, String requestHash) {

    /** The header it comes in. */
    public static final String HEADER = "Idempotency-Key";

    private static final int LIMIT = 255;

    /**
     * @param request all that makes the request what it is
     * @throws Rejection when {@code key} is empty, too long, or holds other than visible ASCII characters
     */
    public static IdempotencyKey of(String owner, String key, String request) {
        if (key.isEmpty() || key.length() > LIMIT || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw refused("must have 1 to " + LIMIT + " visible ASCII characters");
        }
        return new IdempotencyKey(owner, key, Digests.sha256(request));
    }

    static Rejection refused(String reason) {
        return Rejection.invalid("Request", HEADER, Fault.UNPROCESSABLE, HEADER + " " + reason);
    }
}

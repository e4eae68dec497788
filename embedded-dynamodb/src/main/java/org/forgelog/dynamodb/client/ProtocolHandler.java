package org.forgelog.dynamodb.client;

import org.forgelog.dynamodb.protocol.Answer;

/** What answers the requests of the protocol. */
@FunctionalInterface
public interface ProtocolHandler {

    /**
     * Answers a request.
     *
     * @param target value of {@code X-Amz-Target}
     */
    Answer execute(String target, byte[] body);
}

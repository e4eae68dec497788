package org.forgelog.api.representation;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The global ids of things, made as GitHub makes them: a prefix that tells the type, and the id in MessagePack, as a list
 * of a zero and the number. Opaque to clients, stable, and distinct by type.
 */
public enum NodeId {
    USER("U"),
    ORGANIZATION("O"),
    REPOSITORY("R"),
    ISSUE("I"),
    PULL_REQUEST("PR"),
    LABEL("LA"),
    MILESTONE("MI"),
    ISSUE_COMMENT("IC"),
    REVIEW_COMMENT("PRRC"),
    REACTION("REA"),
    ISSUE_EVENT("IE"),
    INVITATION("IN");

    private static final byte LIST_OF_TWO = (byte) 0x92;
    private static final byte ZERO = 0;
    private static final byte UNSIGNED_64 = (byte) 0xCF;

    private final String prefix;

    NodeId(String prefix) {
        this.prefix = prefix;
    }

    public String of(long id) {
        byte[] packed = ByteBuffer.allocate(3 + Long.BYTES)
                .put(LIST_OF_TWO)
                .put(ZERO)
                .put(UNSIGNED_64)
                .putLong(id)
                .array();
        return prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
    }
}

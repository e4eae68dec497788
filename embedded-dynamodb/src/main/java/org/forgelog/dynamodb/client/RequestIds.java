package org.forgelog.dynamodb.client;

import java.util.concurrent.ThreadLocalRandom;

/** Ids of requests, in AWS's form: 52 letters and digits. */
public final class RequestIds {

    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int LENGTH = 52;

    private RequestIds() {}

    /** An id that was not given before. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] id = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            id[i] = DIGITS.charAt(random.nextInt(DIGITS.length()));
        }
        return new String(id);
    }
}

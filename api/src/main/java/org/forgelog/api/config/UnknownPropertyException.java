package org.forgelog.api.config;

/** Somebody set a property of ours that there is none of; the message says which one they may have meant. */
public final class UnknownPropertyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownPropertyException(String message) {
        super(message);
    }
}

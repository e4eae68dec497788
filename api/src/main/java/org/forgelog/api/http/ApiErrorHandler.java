package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.forgelog.api.representation.ErrorJson;
import org.forgelog.domain.Rejection;
import org.forgelog.eventlog.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever a handler throws into an error body; a client never sees a stack trace. */
@RestControllerAdvice
class ApiErrorHandler {

    private static final Duration BLOCKED = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(ApiErrorHandler.class);

    @ExceptionHandler
    ResponseEntity<ErrorJson> rejected(Rejection rejection, HttpServletRequest request) {
        if (rejection.code() == Rejection.Code.NOT_FOUND) {
            EvenTime.await(request);
        }
        return ErrorAnswers.of(rejection);
    }

    @ExceptionHandler
    ResponseEntity<ErrorJson> failed(HttpFailure failure) {
        return ErrorAnswers.of(failure);
    }

    @ExceptionHandler({
        NoHandlerFoundException.class,
        NoResourceFoundException.class,
        HttpRequestMethodNotSupportedException.class
    })
    ResponseEntity<ErrorJson> unknownRoute(Exception e) {
        return ErrorAnswers.of(404, "Not Found");
    }

    /** What is no number, say: as a part of the path it is the name of nothing. */
    @ExceptionHandler
    ResponseEntity<ErrorJson> mismatched(MethodArgumentTypeMismatchException e) {
        return e.getParameter().hasParameterAnnotation(PathVariable.class)
                ? ErrorAnswers.of(404, "Not Found")
                : ErrorAnswers.of(400, "The parameter " + e.getName() + " is malformed");
    }

    @ExceptionHandler
    ResponseEntity<ErrorJson> unreadable(HttpMessageNotReadableException e) {
        return ErrorAnswers.of(400, "Problems parsing JSON");
    }

    /** Of the actuator's endpoints; ours answer whatever is accepted. */
    @ExceptionHandler
    ResponseEntity<ErrorJson> notAcceptable(HttpMediaTypeNotAcceptableException e) {
        return ErrorAnswers.of(406, "Not Acceptable");
    }

    /** Of the actuator's endpoints; ours take whatever comes. */
    @ExceptionHandler({HttpMediaTypeNotSupportedException.class, InvalidMimeTypeException.class})
    ResponseEntity<ErrorJson> unsupported(Exception e) {
        return ErrorAnswers.of(415, "Unsupported Media Type");
    }

    @ExceptionHandler
    ResponseEntity<ErrorJson> incomplete(ServletRequestBindingException e) {
        return ErrorAnswers.of(400, "A parameter is missing");
    }

    /** An event of an unknown type, or a newer revision, stops everything that depends on it. */
    @ExceptionHandler
    ResponseEntity<ErrorJson> blocked(UnreadableEventException e) {
        log.warn("an event could not be read: {}", e.getMessage());
        return ErrorAnswers.of(HttpFailure.unavailable("Blocked by an event that cannot be read", BLOCKED));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ErrorJson> otherwise(Exception e) {
        return switch (FailureCause.of(e)) {
            case BAD_VALUE -> {
                log.warn("a value was refused: {}", e.getMessage());
                yield ErrorAnswers.of(400, "A value holds what no text can");
            }
            case CLIENT_GONE -> null;
            case DATABASE_AWAY -> {
                log.warn("the database did not answer: {}", e.getMessage());
                yield ErrorAnswers.of(HttpFailure.unavailable("Service unavailable", Duration.ofSeconds(1)));
            }
            case OURS -> {
                log.error("a request failed unexpectedly", e);
                yield ErrorAnswers.of(500, "Server Error");
            }
        };
    }
}

package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import org.forgelog.api.http.FailureCause;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.Rejection;
import org.forgelog.query.projection.control.OperationRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the console says where a page cannot be shown; before the API's way to say it, in JSON. */
@RestControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleErrors {

    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

    private final Pages pages;

    ConsoleErrors(Pages pages) {
        this.pages = pages;
    }

    /** What the page shows. */
    record ErrorPage(int status, String message) {}

    @ExceptionHandler
    ResponseEntity<String> failed(HttpFailure failure) {
        return page(HttpStatus.valueOf(failure.status()), String.valueOf(failure.getMessage()));
    }

    /** What another site's page had a browser send. */
    @ExceptionHandler
    ResponseEntity<String> rejected(Rejection rejection) {
        return page(HttpStatus.FORBIDDEN, String.valueOf(rejection.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<String> refused(OperationRefused refused) {
        return page(HttpStatus.CONFLICT, String.valueOf(refused.getMessage()));
    }

    /** A parameter that is missing, or a word in the place of a number. */
    @ExceptionHandler({MethodArgumentTypeMismatchException.class, ServletRequestBindingException.class})
    ResponseEntity<String> badParameter(Exception e) {
        return malformed();
    }

    @ExceptionHandler
    ResponseEntity<String> tableFailed(SdkException e) {
        log.warn("the table did not answer the console: {}", e.getMessage());
        return page(HttpStatus.SERVICE_UNAVAILABLE, "The table does not answer: " + e.getMessage());
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<String> otherwise(Exception e, HttpServletRequest request) {
        return switch (FailureCause.of(e)) {
            case BAD_VALUE -> malformed();
            case CLIENT_GONE -> null;
            case DATABASE_AWAY -> {
                log.warn("the database did not answer the console", e);
                yield page(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer: " + e.getMessage());
            }
            case OURS -> {
                log.error("{} failed", request.getRequestURI(), e);
                yield page(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong; the log of this node tells what.");
            }
        };
    }

    private ResponseEntity<String> malformed() {
        return page(HttpStatus.BAD_REQUEST, "The address is incomplete, or malformed");
    }

    private ResponseEntity<String> page(HttpStatus status, String message) {
        return pages.show(status, "error", new ErrorPage(status.value(), message));
    }
}

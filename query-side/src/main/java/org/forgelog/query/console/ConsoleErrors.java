package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.forgelog.api.http.DatabaseFailure;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.Rejection;
import org.forgelog.eventlog.EventLogException;
import org.forgelog.query.projection.control.OperationRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the console says where a page cannot be shown; before the API's way to say it, in JSON. */
@RestControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleErrors {

    private static final String MALFORMED = "The address is incomplete, or malformed";

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

    /** What is no number, no text, or not there at all. */
    @ExceptionHandler({
        MethodArgumentTypeMismatchException.class,
        ServletRequestBindingException.class,
        InvalidParameterException.class
    })
    ResponseEntity<String> malformed(Exception e) {
        return page(HttpStatus.BAD_REQUEST, MALFORMED);
    }

    @ExceptionHandler({
        EventLogException.class,
        DataAccessException.class,
        TransactionException.class,
        SQLException.class
    })
    ResponseEntity<String> databaseFailed(Exception e, HttpServletRequest request) {
        return switch (DatabaseFailure.of(e)) {
            case BAD_VALUE -> page(HttpStatus.BAD_REQUEST, MALFORMED);
            case AWAY -> {
                log.warn("the database did not answer the console", e);
                yield page(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer: " + e.getMessage());
            }
            case OURS -> unexpected(e, request);
        };
    }

    /** Nobody is left to be told. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void clientIsGone(HttpServletResponse response) {}

    @ExceptionHandler
    ResponseEntity<String> tableFailed(SdkException e) {
        log.warn("the table did not answer the console: {}", e.getMessage());
        return page(HttpStatus.SERVICE_UNAVAILABLE, "The table does not answer: " + e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<String> unexpected(Exception e, HttpServletRequest request) {
        log.error("{} failed", request.getRequestURI(), e);
        return page(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong; the log of this node tells what.");
    }

    private ResponseEntity<String> page(HttpStatus status, String message) {
        return pages.show(status, "error", new ErrorPage(status.value(), message));
    }
}

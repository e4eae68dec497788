package org.forgelog.api.http;

import org.forgelog.api.representation.ErrorJson;
import org.forgelog.domain.Rejection;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The one place where rejections become HTTP. */
public final class ErrorAnswers {

    private ErrorAnswers() {}

    public static int status(Rejection.Code code) {
        return switch (code) {
            case NOT_FOUND -> 404;
            case FORBIDDEN, ARCHIVED, SUSPENDED -> 403;
            case ISSUES_DISABLED -> 410;
            case INVALID -> 422;
            case NOT_MERGEABLE -> 405;
            case HEAD_MOVED -> 409;
        };
    }

    public static ResponseEntity<ErrorJson> of(Rejection rejection) {
        int status = status(rejection.code());
        return ResponseEntity.status(status).body(ErrorJson.of(status, rejection));
    }

    public static ResponseEntity<ErrorJson> of(HttpFailure failure) {
        HttpHeaders headers = new HttpHeaders();
        failure.headers().forEach(headers::add);
        return ResponseEntity.status(failure.status())
                .headers(headers)
                .body(ErrorJson.of(failure.status(), String.valueOf(failure.getMessage())));
    }

    public static ResponseEntity<ErrorJson> of(int status, String message) {
        return ResponseEntity.status(status).body(ErrorJson.of(status, message));
    }
}

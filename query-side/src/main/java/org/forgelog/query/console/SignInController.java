package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.forgelog.query.operator.Operators;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signs operators in and out. */
@RestController
class SignInController {

    private final Operators operators;
    private final Pages pages;

    SignInController(Operators operators, Pages pages) {
        this.operators = operators;
        this.pages = pages;
    }

    /**
     * What the page shows.
     *
     * @param back the page that was asked for
     * @param refused whether a token was none
     */
    record SignInPage(String back, boolean refused) {}

    @GetMapping(ConsoleAccess.SIGN_IN)
    ResponseEntity<String> page(@RequestParam(defaultValue = "") String back) {
        return pages.show("signin", new SignInPage(back, false));
    }

    @PostMapping(ConsoleAccess.SIGN_IN)
    ResponseEntity<String> signIn(HttpServletRequest request) {
        Form form = Form.of(request);
        String token = form.text("token").strip();
        Optional<String> operator = token.isEmpty() ? Optional.empty() : operators.holder(request, token);
        String back = form.back();
        if (operator.isEmpty()) {
            return pages.show(HttpStatus.UNAUTHORIZED, "signin", new SignInPage(back, true));
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(
                        HttpHeaders.SET_COOKIE,
                        ConsoleAccess.cookie(request, token).toString())
                .header(HttpHeaders.LOCATION, back)
                .build();
    }

    @PostMapping(ConsoleAccess.ROOT + "/sign-out")
    ResponseEntity<String> signOut(HttpServletRequest request) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(
                        HttpHeaders.SET_COOKIE,
                        ConsoleAccess.cookie(request, "").toString())
                .header(HttpHeaders.LOCATION, ConsoleAccess.SIGN_IN)
                .build();
    }
}

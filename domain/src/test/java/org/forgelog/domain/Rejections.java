package org.forgelog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.forgelog.domain.Rejection.Code;
import org.forgelog.domain.Rejection.Fault;

/** Says what a rejection must be, by its codes. */
final class Rejections {

    private Rejections() {}

    static void assertRejected(Code code, ThrowingCallable command) {
        assertThat(catchThrowableOfType(Rejection.class, command).code()).isEqualTo(code);
    }

    static void assertInvalid(String field, Fault fault, ThrowingCallable command) {
        Rejection rejection = catchThrowableOfType(Rejection.class, command);
        assertThat(rejection).as("a rejection").isNotNull();
        assertThat(rejection.errors()).singleElement().satisfies(e -> assertThat(e.field() + " " + e.fault())
                .isEqualTo(field + " " + fault));
    }
}

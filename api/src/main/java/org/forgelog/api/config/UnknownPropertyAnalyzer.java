package org.forgelog.api.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in words instead of a stack trace. */
final class UnknownPropertyAnalyzer extends AbstractFailureAnalyzer<UnknownPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnknownPropertyException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct or remove it. All properties: docs/configuration.md.",
                cause);
    }
}

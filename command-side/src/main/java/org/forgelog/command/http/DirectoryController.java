package org.forgelog.command.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Supplier;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.directory.DirectoryRebuild;
import org.forgelog.domain.Rejection;
import org.forgelog.eventlog.UnreadableEventException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator's way to compare the directory with the log, and to compute it anew. */
@RestController
public final class DirectoryController {

    private static final Logger log = LoggerFactory.getLogger(DirectoryController.class);

    private final DirectoryRebuild rebuild;

    public DirectoryController(DirectoryRebuild rebuild) {
        this.rebuild = rebuild;
    }

    /** Compares, and changes nothing. */
    @PostMapping("/admin/directory/verify")
    public DirectoryRebuild.Report verify(HttpServletRequest request) {
        requireSiteAdmin(request);
        return whileTheDatabaseAnswers(rebuild::verify);
    }

    /** Writes the directory anew where it differs, and reports how it differed. */
    @PostMapping("/admin/directory/rebuild")
    public DirectoryRebuild.Report rebuild(HttpServletRequest request) {
        requireSiteAdmin(request);
        return whileTheDatabaseAnswers(rebuild::rebuild);
    }

    private static DirectoryRebuild.Report whileTheDatabaseAnswers(Supplier<DirectoryRebuild.Report> work) {
        try {
            return work.get();
        } catch (UnreadableEventException e) {
            throw HttpFailure.conflict(e.getMessage() + ": retry or discard it first, see dead letters");
        } catch (TransactionException | DataAccessResourceFailureException e) {
            log.warn("the directory was left as it was", e);
            throw HttpFailure.unavailable("Service unavailable", Duration.ofSeconds(1));
        }
    }

    static void requireSiteAdmin(HttpServletRequest request) {
        Caller caller = Callers.of(request);
        if (caller.isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        if (!caller.siteAdmin()) {
            throw Rejection.forbidden("Must be a site administrator.");
        }
    }
}

package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.AsOf;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.eventlog.EventLogReader;
import org.forgelog.query.moment.Moment;
import org.forgelog.query.moment.MomentDiff;
import org.forgelog.query.moment.MomentDiff.Difference;
import org.forgelog.query.moment.Moments;
import org.forgelog.query.read.PastReads;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What differs between two moments of a repository or an account; for operators, so nothing is left out. */
@RestController
class DiffController {

    private final Moments moments;
    private final PastReads past;
    private final EventLogReader log;
    private final DirectoryNames names;
    private final Operators operators;

    DiffController(Moments moments, PastReads past, EventLogReader log, DirectoryNames names, Operators operators) {
        this.moments = moments;
        this.past = past;
        this.log = log;
        this.names = names;
        this.operators = operators;
    }

    /**
     * @param from number of the last event before
     * @param to number of the last event that counts
     */
    record DiffJson(String of, long from, long to, List<Difference> differences) {}

    /**
     * @param of a repository as {@code owner/name}, or a login
     * @param from a moment as {@code as_of} takes it
     * @param to another one; now when it is empty
     */
    @GetMapping("/operator/diff")
    DiffJson diff(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String of,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to) {
        operators.check(request);
        String sequence = sequence(of);
        long begin = position(from, 0);
        long end = position(to, log.head());
        MomentDiff diff = new MomentDiff(
                moments.at(Moment.whole(begin), () -> {}), moments.at(Moment.whole(end), () -> {}), sequence);
        return new DiffJson(of, begin, end, diff.differences(names::of));
    }

    private long position(String moment, long otherwise) {
        @Nullable AsOf asOf = moment.isEmpty() ? null : Parameters.AS_OF.parse("Moment", moment);
        return asOf == null ? otherwise : past.position(asOf);
    }

    private String sequence(String of) {
        if (of.indexOf('/') >= 0) {
            return RebuildController.sequenceOf(names, of);
        }
        Long account = of.isEmpty() ? null : names.account(of);
        if (account == null) {
            throw of.isEmpty()
                    ? HttpFailure.badRequest("of: owner/name or a login")
                    : HttpFailure.notFound("There is no account " + of);
        }
        return "a:" + Objects.requireNonNull(account);
    }
}

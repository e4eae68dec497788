package org.forgelog.query.operator;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.domain.repository.RepositoryId;
import org.forgelog.query.projection.repair.Rebuilds;
import org.forgelog.query.read.SequenceClock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds of one repository's items, in place; for operators. */
@RestController
class RebuildController {

    private final Rebuilds rebuilds;
    private final Operations operations;
    private final Operators operators;
    private final SequenceClock clock;
    private final DirectoryNames names;

    RebuildController(
            Rebuilds rebuilds, Operations operations, Operators operators, SequenceClock clock, DirectoryNames names) {
        this.names = names;
        this.rebuilds = rebuilds;
        this.operations = operations;
        this.operators = operators;
        this.clock = clock;
    }

    /**
     * A rebuild.
     *
     * @param tables by table, what became of it, in words; {@code null} while it is under way
     */
    record RebuildJson(String sequence, Map<String, @Nullable String> tables) {}

    /**
     * Has the repository's items rebuilt in every table.
     *
     * @param repository owner and name, with a slash between
     */
    @PostMapping("/operator/replay/repository")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RebuildJson rebuild(HttpServletRequest request, @RequestParam(defaultValue = "") String repository) {
        String operator = operators.check(request);
        String sequence = sequenceOf(names, repository);
        operations.rebuild(operator, sequence).orThrow();
        return new RebuildJson(sequence, rebuilds.outcomes(sequence));
    }

    /** What became of the last one. */
    @GetMapping("/operator/replay/repository")
    RebuildJson last(HttpServletRequest request, @RequestParam(defaultValue = "") String repository) {
        operators.check(request);
        String sequence = sequenceOf(names, repository);
        RebuildJson last = new RebuildJson(sequence, rebuilds.outcomes(sequence));
        // Who hears that it is done sees it here at once; other nodes hear of it by themselves.
        clock.forgetAll();
        return last;
    }

    static String sequenceOf(DirectoryNames names, String fullName) {
        String[] parts = fullName.split("/", -1);
        if (parts.length != 2) {
            throw HttpFailure.badRequest("a repository is named by owner/name");
        }
        RepositoryId repository = names.repository(parts[0], parts[1]);
        if (repository == null) {
            throw HttpFailure.notFound("There is no repository " + fullName);
        }
        return repository.sequenceKey();
    }
}

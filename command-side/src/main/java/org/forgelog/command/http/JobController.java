package org.forgelog.command.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.forgelog.api.Caller;
import org.forgelog.api.http.Callers;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.command.directory.DirectoryRebuild;
import org.forgelog.command.execution.Origin;
import org.forgelog.command.importing.Imports;
import org.forgelog.command.importing.Imports.OnError;
import org.forgelog.command.job.Job;
import org.forgelog.command.job.Jobs;
import org.forgelog.command.job.Progress;
import org.forgelog.command.log.LogRestore;
import org.forgelog.command.personal.Forgetting;
import org.forgelog.command.personal.KeyRotation;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.eventlog.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operator's long work: to compare the directory with the log, to compute it anew, to fill an empty log, to import
 * from other forges, to forget a person. Each is begun, answered at once, and asked for until it is done.
 */
@RestController
public final class JobController {

    private final Jobs jobs;
    private final DirectoryRebuild rebuild;
    private final LogRestore restore;
    private final Imports imports;
    private final Forgetting forgetting;
    private final KeyRotation rotation;
    private final JsonMapper json;

    public JobController(
            Jobs jobs,
            DirectoryRebuild rebuild,
            LogRestore restore,
            Imports imports,
            Forgetting forgetting,
            KeyRotation rotation,
            JsonMapper json) {
        this.jobs = jobs;
        this.rebuild = rebuild;
        this.restore = restore;
        this.imports = imports;
        this.forgetting = forgetting;
        this.rotation = rotation;
        this.json = json;
    }

    /**
     * A job.
     *
     * @param state {@code running}, {@code done}, {@code failed}
     * @param report what was found, once it is done
     */
    public record JobJson(
            UUID id,
            String kind,
            String state,
            long done,
            long total,
            @Nullable JsonNode report,
            @Nullable FailureJson failure) {}

    /** Why a job failed, with HTTP's status for it. */
    public record FailureJson(int status, String message) {}

    /** Compares, and changes nothing. */
    @PostMapping("/admin/directory/verify")
    public ResponseEntity<JobJson> verify(HttpServletRequest request) {
        requireSiteAdmin(request);
        return begun(request, "verify the directory", progress -> readable(() -> rebuild.verify(progress)));
    }

    /** Writes the directory anew where it differs, and reports how it differed. */
    @PostMapping("/admin/directory/rebuild")
    public ResponseEntity<JobJson> rebuild(HttpServletRequest request) {
        requireSiteAdmin(request);
        return begun(request, "rebuild the directory", progress -> readable(() -> rebuild.rebuild(progress)));
    }

    /** Takes the export that is the request's body, however long it is, and restores it. */
    @PostMapping("/admin/log/restore")
    public ResponseEntity<JobJson> restore(
            HttpServletRequest request, @RequestParam(name = "forgotten", required = false) @Nullable String forgotten)
            throws IOException {
        requireSiteAdmin(request);
        List<AccountId> accounts = forgotten == null ? null : accounts(forgotten);
        Origin origin = new Origin(Callers.of(request), Callers.requestId(request));
        try {
            restore.checkEmpty();
            return begunWithBody(request, "restore the log", export -> progress -> {
                try {
                    LogRestore.Report report = restore.restore(
                            export, new LogRestore.Forgotten(accounts, forgetting::eraseFromLog), progress);
                    if (accounts != null) {
                        accounts.forEach(account -> forgetting.forget(account, origin, Progress.NOBODY));
                    }
                    return report;
                } catch (LogRestore.Refused e) {
                    throw refused(e);
                }
            });
        } catch (LogRestore.Refused e) {
            throw refused(e);
        }
    }

    /** Takes the file that is the request's body, however long it is, and imports it. */
    @PostMapping("/admin/imports")
    public ResponseEntity<JobJson> importFile(
            HttpServletRequest request, @RequestParam(name = "on_error", defaultValue = "stop") String onError)
            throws IOException {
        requireSiteAdmin(request);
        OnError what =
                switch (onError) {
                    case "stop" -> OnError.STOP;
                    case "skip" -> OnError.SKIP;
                    default -> throw HttpFailure.badRequest("on_error must be one of stop, skip");
                };
        Origin origin = new Origin(Callers.of(request), Callers.requestId(request));
        return begunWithBody(request, "import", file -> progress -> imports.run(file, what, origin, progress));
    }

    /** Deletes the user's account, and everything that tells who it was. */
    @DeleteMapping("/admin/users/{username}/personal-data")
    public ResponseEntity<JobJson> forget(HttpServletRequest request, @PathVariable("username") String username) {
        requireSiteAdmin(request);
        AccountId account = forgetting.find(username);
        if (Callers.of(request).is(account)) {
            throw Rejection.forbidden("You cannot have yourself forgotten.");
        }
        Origin origin = new Origin(Callers.of(request), Callers.requestId(request));
        return begun(request, "forget a person", progress -> forgetting.forget(account, origin, progress));
    }

    /** Encrypts people's keys with the master key that is the first now. */
    @PostMapping("/admin/master-key/rotation")
    public ResponseEntity<JobJson> rotate(HttpServletRequest request) {
        requireSiteAdmin(request);
        return begun(request, "rotate the master key", rotation::rotate);
    }

    /** How far a job is, or what came of it. */
    @GetMapping("/admin/jobs/{job_id}")
    public JobJson job(HttpServletRequest request, @PathVariable("job_id") UUID id) {
        requireSiteAdmin(request);
        return json(jobs.find(id).orElseThrow(Rejection::notFound));
    }

    /** Begins what a file is needed for that is the request's body; nobody but this process can read it. */
    private ResponseEntity<JobJson> begunWithBody(
            HttpServletRequest request, String kind, Function<Path, Jobs.Work> work) throws IOException {
        Path file = Files.createTempFile("forgelog-", ".part");
        try {
            Files.copy(request.getInputStream(), file, StandardCopyOption.REPLACE_EXISTING);
            return begun(request, kind, work.apply(file));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private ResponseEntity<JobJson> begun(HttpServletRequest request, String kind, Jobs.Work work) {
        Job job = jobs.start(kind, work);
        return ResponseEntity.accepted()
                .header("Location", RequestLinks.of(request).base() + "/admin/jobs/" + job.id())
                .body(json(job));
    }

    private JobJson json(Job job) {
        Job.Failure failure = job.failure();
        return new JobJson(
                job.id(),
                job.kind(),
                job.state().name().toLowerCase(Locale.ROOT),
                job.done(),
                job.total(),
                job.report() == null ? null : json.readTree(job.report()),
                failure == null ? null : new FailureJson(failure.status(), failure.message()));
    }

    private static DirectoryRebuild.Report readable(Supplier<DirectoryRebuild.Report> work) {
        try {
            return work.get();
        } catch (UnreadableEventException e) {
            throw HttpFailure.conflict(e.getMessage() + ": retry or skip it first, see dead letters");
        }
    }

    private static List<AccountId> accounts(String forgotten) {
        if (forgotten.equals("none")) {
            return List.of();
        }
        List<String> ids = List.of(forgotten.split(",", -1));
        if (!ids.stream().allMatch(id -> id.matches("\\d{1,16}"))) {
            throw HttpFailure.badRequest("forgotten must be ids of accounts with commas between, or none");
        }
        return ids.stream().map(id -> new AccountId(Long.parseLong(id))).toList();
    }

    private static HttpFailure refused(LogRestore.Refused e) {
        String why = String.valueOf(e.getMessage());
        return e.isOccupied() ? HttpFailure.conflict(why) : HttpFailure.badRequest(why);
    }

    private static void requireSiteAdmin(HttpServletRequest request) {
        Caller caller = Callers.of(request);
        if (caller.isAnonymous()) {
            throw HttpFailure.authenticationRequired();
        }
        if (!caller.siteAdmin()) {
            throw Rejection.forbidden("Must be a site administrator.");
        }
    }
}

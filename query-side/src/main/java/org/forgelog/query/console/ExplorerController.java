package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.forgelog.api.Caller;
import org.forgelog.api.Scopes;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.Rejection;
import org.forgelog.domain.account.AccountId;
import org.forgelog.query.console.Frame.Section;
import org.forgelog.query.operator.DirectoryNames;
import org.forgelog.query.operator.ItemAddress;
import org.forgelog.query.operator.Operations;
import org.forgelog.query.projection.deployment.ProjectedTable;
import org.forgelog.query.projection.deployment.Projections;
import org.forgelog.query.table.ItemKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What lies in the table under an address, a name or a key, and why an answer is as it is. */
@RestController
class ExplorerController {

    static final String PATH = ConsoleAccess.ROOT + "/explorer";

    private final Projections projections;
    private final DirectoryNames directory;
    private final Probe probe;
    private final ReadDiagnosis diagnosis;
    private final ItemDiagnosis items;
    private final PastDiagnosis past;
    private final Operations operations;
    private final Frames frames;
    private final Pages pages;

    ExplorerController(
            Projections projections,
            DirectoryNames directory,
            Probe probe,
            ReadDiagnosis diagnosis,
            ItemDiagnosis items,
            PastDiagnosis past,
            Operations operations,
            Frames frames,
            Pages pages) {
        this.projections = projections;
        this.directory = directory;
        this.probe = probe;
        this.diagnosis = diagnosis;
        this.items = items;
        this.past = past;
        this.operations = operations;
        this.frames = frames;
        this.pages = pages;
    }

    /**
     * What the page shows.
     *
     * @param address what was asked for; empty when nothing was yet
     * @param as whose read; empty for a stranger's
     * @param at the moment of the past that was typed; empty for none
     * @param moment where the slider stands
     * @param head where it ends
     * @param problem why nothing can be shown; empty otherwise
     */
    record ExplorerPage(
            Frame frame,
            String table,
            String address,
            String as,
            String at,
            long moment,
            long head,
            String problem,
            @Nullable ReadView read,
            @Nullable StoredView item,
            @Nullable PastView past) {}

    @GetMapping(PATH)
    ResponseEntity<String> page(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String as,
            @RequestParam(defaultValue = "") String at,
            @RequestParam(defaultValue = "0") long moment,
            @RequestParam(defaultValue = "0") long end) {
        ProjectedTable table = projections.serving();
        Frame frame = frames.of(request, Section.EXPLORER);
        String asked = address.strip();
        ReadView read = null;
        StoredView item = null;
        PastView was = null;
        String problem = "";
        long head = past.head();
        long position = 0;
        try {
            position = past.position(at.strip(), moment, end);
            if (isUrl(asked)) {
                String path = path(asked);
                Caller caller = caller(as.strip());
                if (position > 0) {
                    was = past.answer(probe.ask(request, asOf(path, position), caller), position);
                } else {
                    read = diagnosis.of(table, probe.ask(request, path, caller), as.strip());
                }
            } else if (!asked.isEmpty()) {
                ItemKey key = key(table, asked);
                if (position > 0) {
                    was = past.item(table.table(), key, position);
                } else {
                    item = items.of(table, key);
                }
            }
        } catch (HttpFailure e) {
            problem = String.valueOf(e.getMessage());
        } catch (Rejection e) {
            problem = e.errors().isEmpty()
                    ? String.valueOf(e.getMessage())
                    : String.valueOf(e.errors().getFirst().message());
        }
        return pages.show(
                "explorer",
                new ExplorerPage(
                        frame,
                        table.name(),
                        asked,
                        as.strip(),
                        at.strip(),
                        position > 0 ? position : head,
                        head,
                        problem,
                        read,
                        item,
                        was));
    }

    private static String asOf(String path, long position) {
        return path + (path.contains("?") ? "&" : "?") + Parameters.AS_OF.name() + "=" + position;
    }

    private static boolean isUrl(String asked) {
        return asked.startsWith("/") || asked.startsWith("http://") || asked.startsWith("https://");
    }

    private static String path(String url) {
        String path = url.replaceFirst("^https?://[^/]+", "").replaceFirst("^/api/v3(?=/)", "");
        return path.isEmpty() ? "/" : path;
    }

    private Caller caller(String login) {
        if (login.isEmpty()) {
            return Caller.ANONYMOUS;
        }
        Long account = directory.account(login);
        if (account == null) {
            throw HttpFailure.notFound("There is no account " + login);
        }
        return new Caller(new AccountId(account), login, null, false, false, Scopes.ALL);
    }

    private ItemKey key(ProjectedTable table, String asked) {
        List<ItemKey> keys = new ItemAddress(directory).keys(asked);
        if (keys.isEmpty()) {
            throw HttpFailure.notFound("Nobody knows what " + asked
                    + " is: enter an address such as /repos/ada/engine/issues/1, a name (ada, ada/engine, ada/engine#1), or"
                    + " a key (R#3#I / 1)");
        }
        Optional<ItemKey> there =
                keys.stream().filter(key -> table.table().find(key) != null).findFirst();
        return there.orElse(keys.getFirst());
    }

    /** Has everything that a sequence makes rebuilt. */
    @PostMapping(PATH + "/rebuild")
    ResponseEntity<String> rebuild(HttpServletRequest request) {
        Form form = Form.of(request);
        String sequence = form.text("sequence");
        if (!sequence.matches("[ar]:\\d{1,18}")) {
            throw HttpFailure.badRequest("sequence is none");
        }
        long done =
                operations.rebuild(ConsoleAccess.operator(request), sequence).id();
        return Pages.goTo(PATH + "?" + Frames.DONE + "=" + done);
    }
}

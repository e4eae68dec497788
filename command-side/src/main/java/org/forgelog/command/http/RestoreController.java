package org.forgelog.command.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.forgelog.api.http.HttpFailure;
import org.forgelog.command.log.LogRestore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator's way to fill an empty log. */
@RestController
public final class RestoreController {

    private final LogRestore restore;

    public RestoreController(LogRestore restore) {
        this.restore = restore;
    }

    /** Restores the export that is the request's body, however long it is. */
    @PostMapping("/admin/log/restore")
    public LogRestore.Report restore(HttpServletRequest request) throws IOException {
        DirectoryController.requireSiteAdmin(request);
        try {
            return restore.restore(request.getInputStream());
        } catch (LogRestore.Refused e) {
            String why = String.valueOf(e.getMessage());
            throw e.isOccupied() ? HttpFailure.conflict(why) : HttpFailure.badRequest(why);
        }
    }
}

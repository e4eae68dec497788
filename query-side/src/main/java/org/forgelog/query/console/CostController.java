package org.forgelog.query.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.forgelog.query.PartitionHeat;
import org.forgelog.query.console.Frame.Section;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What reads and writes take, and which partitions are hot. */
@RestController
class CostController {

    private static final int HOTTEST = 15;

    private final Costs costs;
    private final PartitionHeat heat;
    private final Frames frames;
    private final Pages pages;

    CostController(Costs costs, PartitionHeat heat, Frames frames, Pages pages) {
        this.costs = costs;
        this.heat = heat;
        this.frames = frames;
        this.pages = pages;
    }

    /** What the page shows. */
    record CostPage(Frame frame, Costs.Taken taken, List<PartitionHeat.Partition> hottest) {}

    @GetMapping(ConsoleAccess.ROOT + "/cost")
    ResponseEntity<String> page(HttpServletRequest request) {
        return pages.show("cost", new CostPage(frames.of(request, Section.COST), costs.taken(), heat.hottest(HOTTEST)));
    }
}

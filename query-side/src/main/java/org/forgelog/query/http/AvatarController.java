package org.forgelog.query.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.domain.Digests;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pictures of accounts: nobody uploads any, so each has an identicon that follows from its id. */
@RestController
class AvatarController {

    private static final MediaType SVG = new MediaType("image", "svg+xml", StandardCharsets.UTF_8);
    private static final int SIDE = 5;
    private static final int COLUMNS = 3;

    /** Nothing is asked of the table: who has no account may have a picture too. */
    @GetMapping("/avatars/u/{account_id}")
    ResponseEntity<byte[]> avatar(QueryRequest request) {
        return ResponseEntity.ok()
                .contentType(SVG)
                .header("Content-Security-Policy", "default-src 'none'")
                .body(identicon(request.get(Parameters.ACCOUNT_ID)).getBytes(StandardCharsets.UTF_8));
    }

    /** Five rows of five squares, the right half like the left, in one colour. */
    private static String identicon(long id) {
        long bits = Long.parseUnsignedLong(Digests.sha256(Long.toString(id)).substring(0, 16), 16);
        StringBuilder squares = new StringBuilder();
        for (int place = 0; place < SIDE * COLUMNS; place++) {
            if ((bits >>> place & 1) == 1) {
                int row = place / COLUMNS;
                int column = place % COLUMNS;
                squares.append(square(column, row));
                if (column < SIDE - COLUMNS) {
                    squares.append(square(SIDE - 1 - column, row));
                }
            }
        }
        int hue = (int) Math.floorMod(bits >>> 16, 360);
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 6" width="420" height="420">\
                <rect width="6" height="6" fill="#f0f0f0"/><path fill="hsl(%d,50%%,55%%)" d="%s"/></svg>
                """,
                hue,
                squares);
    }

    private static String square(int column, int row) {
        return "M" + column + ".5 " + row + ".5h1v1h-1z";
    }
}

package org.forgelog.query.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.forgelog.api.http.RequestLinks;
import org.forgelog.api.openapi.Parameters;
import org.forgelog.query.read.Cursor;
import org.forgelog.query.read.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The {@code Link} header of a page: the same request, but for where the page begins. */
final class PageLinks {

    /** The parameters that differ from page to page. */
    static final Set<String> OWN = Set.of(Parameters.CURSOR.name(), Parameters.PAGE.name());

    private final HttpServletRequest request;
    private final Function<Cursor, String> encoder;
    private final StringBuilder links = new StringBuilder();

    PageLinks(HttpServletRequest request, Function<Cursor, String> encoder) {
        this.request = request;
        this.encoder = encoder;
    }

    PageLinks numbered(int page, boolean isLast) {
        if (page > 1) {
            number(page - 1, "prev");
        }
        if (!isLast) {
            number(page + 1, "next");
        }
        if (page > 1) {
            number(1, "first");
        }
        return this;
    }

    /**
     * @param size entries on a page
     * @param total how many entries there are; {@code null} where that is not known
     */
    PageLinks around(Page page, int number, int size, @Nullable Long total) {
        if (number > 1 || page.previous() != null) {
            link(at(Math.max(1, number - 1), page.previous()), "prev");
        }
        if (page.next() != null) {
            link(at(number + 1, page.next()), "next");
            long last = total == null ? 0 : (total + size - 1) / size;
            if (last > number) {
                link(at(Math.toIntExact(last), null), "last");
            }
        }
        if (number > 1 || page.previous() != null) {
            number(1, "first");
        }
        return this;
    }

    /** The number of a page for people, and where it begins for us, which does not move as the list grows. */
    private String at(int number, @Nullable Cursor cursor) {
        String page = Parameters.PAGE.name() + "=" + number;
        return cursor == null ? page : page + "&" + Parameters.CURSOR.name() + "=" + encoder.apply(cursor);
    }

    ResponseEntity<?> answer(Object body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        return (links.isEmpty() ? answer : answer.header("Link", links.toString())).body(body);
    }

    private void number(int page, String rel) {
        link(Parameters.PAGE.name() + "=" + page, rel);
    }

    private void link(String parameter, String rel) {
        links.append(links.isEmpty() ? "" : ", ")
                .append('<')
                .append(address(parameter))
                .append(">; rel=\"")
                .append(rel)
                .append('"');
    }

    private String address(String extra) {
        String kept = keptParameters();
        String all = kept.isEmpty() ? extra : kept + "&" + extra;
        return RequestLinks.of(request).base() + request.getRequestURI() + "?" + all;
    }

    private String keptParameters() {
        String query = request.getQueryString();
        if (query == null) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .filter(sent -> !sent.isEmpty() && !OWN.contains(sent.split("=", 2)[0]))
                .map(sent -> sent.replace("<", "%3C").replace(">", "%3E"))
                .collect(Collectors.joining("&"));
    }
}

package org.forgelog.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.forgelog.cli.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dates of answers where all of it is one process: as on GitHub, clients need not wait for minutes. */
class DatesTest {

    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(45);

    private static LocalService local;
    private static String ada;

    @BeforeAll
    static void start() {
        local = LocalService.start();
        ada = UpProcess.userWithRepository(local.service(), LocalService.ADMIN, "ada", "engine");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(local.base() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String date(String path, String before) throws Exception {
        long deadline = System.nanoTime() + SOON_NANOS;
        while (true) {
            Optional<String> date = get(path).headers().firstValue("Last-Modified");
            if (date.isPresent() && !date.get().equals(before)) {
                return date.get();
            }
            assertThat(System.nanoTime()).as("a date comes soon").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    void whatWasWrittenAMomentAgoHasADateAndIsNotSentTwice() throws Exception {
        String issue = "/repos/ada/engine/issues/1";
        Service service = local.service();
        assertThat(service.send("POST", "/repos/ada/engine/issues", ada, Map.of("title", "Overflow"))
                        .status())
                .isEqualTo(201);
        String date = date(issue, "");
        assertThat(get(issue, "If-Modified-Since", date).statusCode()).isEqualTo(304);

        assertThat(service.send("PATCH", issue, ada, Map.of("title", "Underflow"))
                        .status())
                .isEqualTo(200);
        assertThat(get(issue, "If-Modified-Since", date).statusCode()).isEqualTo(200);
        String later = date(issue, date);
        assertThat(get(issue, "If-Modified-Since", later).statusCode()).isEqualTo(304);
        assertThat(get(issue, "If-Modified-Since", date).statusCode()).isEqualTo(200);
    }
}

package org.forgelog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.forgelog.domain.DomainEvent;
import org.forgelog.eventlog.Signer;
import org.forgelog.query.read.Cursor;
import org.forgelog.query.read.Cursors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cursor is good for the query and the caller it was made for, unchanged, for a while. */
class CursorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start();
        List<DomainEvent> events = new ArrayList<>();
        events.add(EventFixtures.registered(1, "owner"));
        for (long repository : new long[] {10, 11}) {
            events.add(EventFixtures.created(repository, 1, "owner", "repo-" + repository));
            for (int n = 1; n <= 40; n++) {
                events.add(EventFixtures.issue(repository, n, 1, "issue " + n));
            }
        }
        service.log().append(events);
        service.log().token(1, "owner", "owner-token");
        service.await();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String next() {
        return service.get("/repos/owner/repo-10/issues?state=open")
                .link("next")
                .orElseThrow();
    }

    @Test
    void itIsTakenAsItWasGiven() {
        assertThat(service.get(next()).json().size()).isEqualTo(10);
    }

    @Test
    void tamperedItIsRefused() {
        String next = next();
        String cursor = next.replaceAll(".*cursor=([^&]+).*", "$1");
        for (int i = 0; i < cursor.length(); i += 5) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThat(service.get(next.replace(cursor, tampered)).status()).isEqualTo(422);
        }
        for (String junk : new String[] {"x", "%00", "AAAA", "A".repeat(3000), "%F0%9F%90%99"}) {
            var answer = service.get(next.replace(cursor, junk));
            assertThat(answer.status()).as(junk).isEqualTo(422);
            assertThat(answer.json().path("errors").get(0).path("field").asString())
                    .isEqualTo("cursor");
        }
    }

    @Test
    void elsewhereItIsRefused() {
        String next = next();
        assertThat(service.get(next.replace("repo-10", "repo-11")).status()).isEqualTo(422);
        assertThat(service.get(next.replace("issues", "pulls")).status()).isEqualTo(422);
        assertThat(service.get(next.replace("state=open", "state=closed")).status())
                .isEqualTo(422);
        assertThat(service.get(next, "owner-token").status()).isEqualTo(422);
    }

    /** Otherwise a letter could move from the end of one to the beginning of the other, where a query begins as one likes. */
    @Test
    void whatIsInItAndWhatItIsForAreSignedApart() {
        Cursors cursors = new Cursors(new Signer(new byte[32]), Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC));
        byte[] signed = Base64.getUrlDecoder().decode(cursors.encode(new Cursor(false, "ab"), "cd"));
        String shortened =
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signed, signed.length - 1));
        assertThatThrownBy(() -> cursors.decode(shortened, "bcd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void expiredItIsRefused() {
        byte[] key = new byte[32];
        String cursor = new Cursors(new Signer(key), Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC))
                .encode(new Cursor(true, "suffix"), "query");
        Cursors soon =
                new Cursors(new Signer(key), Duration.ofHours(1), Clock.fixed(NOW.plusSeconds(3_600), ZoneOffset.UTC));
        assertThat(soon.decode(cursor, "query")).isEqualTo(new Cursor(true, "suffix"));
        Cursors later =
                new Cursors(new Signer(key), Duration.ofHours(1), Clock.fixed(NOW.plusSeconds(3_601), ZoneOffset.UTC));
        assertThatThrownBy(() -> later.decode(cursor, "query"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expired");
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        assertThatThrownBy(
                        () -> new Cursors(new Signer(otherKey), Duration.ofHours(1), Clock.fixed(NOW, ZoneOffset.UTC))
                                .decode(cursor, "query"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

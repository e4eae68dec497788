package org.forgelog.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.forgelog.api.http.ApiJson;
import org.forgelog.command.subscription.Delivery;
import org.forgelog.command.subscription.Delivery.Attempt;
import org.forgelog.command.subscription.Hook;
import org.forgelog.domain.repository.RepositoryId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.InetAddressFilter;

/** Where deliveries go is whatever somebody wrote down, and what answers there may be hostile. */
class HookSenderTest {

    private interface Answering {
        void answer(OutputStream out) throws IOException;
    }

    /** Takes one request, and answers as it likes until nobody listens any more. */
    private static final class Hostile implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final AtomicReference<String> head = new AtomicReference<>("");
        private final AtomicLong written = new AtomicLong();

        Hostile(Answering answering) throws IOException {
            Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        head.set(head.get() + line + "\n");
                    }
                    OutputStream out = client.getOutputStream();
                    answering.answer(new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            out.write(b);
                            written.incrementAndGet();
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            out.write(bytes, offset, length);
                            written.addAndGet(length);
                        }
                    });
                } catch (IOException e) {
                    // Nobody listens any more.
                }
            });
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static Attempt send(String url) throws IOException {
        Hook hook = new Hook(
                1,
                new RepositoryId(1),
                null,
                new Hook.Config(url, Hook.JSON, null),
                List.of("*"),
                true,
                "http://here",
                "http://here",
                Instant.EPOCH,
                Instant.EPOCH,
                null);
        Delivery delivery = new Delivery(
                1,
                1,
                "r:1",
                UUID.randomUUID(),
                "ping",
                null,
                "{}",
                false,
                "PENDING",
                1,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        try (HookSender sender = new HookSender(Duration.ofSeconds(20), InetAddressFilter.all(), 1, ApiJson.mapper())) {
            return sender.send(hook, delivery);
        }
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aHeaderWithoutAnEndIsNotRead() throws IOException {
        byte[] much = "x".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);
        try (Hostile receiver = new Hostile(out -> {
            ascii(out, "HTTP/1.1 200 OK\r\nX-Long: ");
            while (true) {
                out.write(much);
            }
        })) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.status()).isEqualTo("the answer's headers are too long");
            // What sockets hold, and no more.
            assertThat(receiver.written.get()).isLessThan(32 << 20);
        }
    }

    @Test
    void headersWithoutAnEndAreNotRead() throws IOException {
        byte[] another = "X-Another: 1\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (Hostile receiver = new Hostile(out -> {
            ascii(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                out.write(another);
            }
        })) {
            assertThat(send(receiver.url()).status()).isEqualTo("the answer's headers are too long");
        }
    }

    @Test
    void whatIsKeptOfAnAnswerIsBounded() throws IOException {
        String header = "X-%d: " + "y".repeat(4_000) + "\r\n";
        try (Hostile receiver = new Hostile(out -> {
            ascii(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n");
            for (int i = 0; i < 50; i++) {
                ascii(out, String.format(header, i));
            }
            ascii(out, "\r\n" + "z".repeat(1_000_000));
        })) {
            Attempt attempt = send(receiver.url());
            assertThat(attempt.successful()).isTrue();
            assertThat(attempt.responseHeaders()).hasSizeLessThan(11_000);
            assertThat(attempt.responseBody()).hasSize(10_000);
        }
    }

    @Test
    void nothingCompressedIsAskedFor() throws IOException {
        try (Hostile receiver = new Hostile(out -> ascii(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            assertThat(send(receiver.url()).successful()).isTrue();
            assertThat(receiver.head.get().toLowerCase(java.util.Locale.ROOT))
                    .contains("x-github-event: ping")
                    .doesNotContain("accept-encoding");
        }
    }

    @Test
    void anAddressThatIsNoneIsAFailedAttempt() throws IOException {
        assertThat(send("http://127.0.0.1:99999/").status()).isEqualTo("invalid address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "192.168.0.1",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "fe80::1",
                "fec0::1",
                "fd00::1",
                "fd00:ec2::254",
                "ff02::1"
            })
    void noDeliveryGoesToWhatIsNotPublic(String address) throws IOException {
        assertThat(Webhooks.filter(List.of()).matches(InetAddress.getByName(address)))
                .as(address)
                .isFalse();
    }

    @Test
    void deliveriesGoToWhatIsPublic_andToWhatIsAllowed() throws IOException {
        for (String address : List.of("140.82.112.3", "2606:50c0:8000::154")) {
            assertThat(Webhooks.filter(List.of()).matches(InetAddress.getByName(address)))
                    .isTrue();
        }
        InetAddressFilter allowed = Webhooks.filter(List.of("10.1.0.0/16"));
        assertThat(allowed.matches(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(allowed.matches(InetAddress.getByName("10.2.0.1"))).isFalse();
    }
}

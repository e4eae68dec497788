package org.forgelog.command.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.forgelog.command.subscription.Delivery;
import org.forgelog.command.subscription.Delivery.Attempt;
import org.forgelog.command.subscription.Hook;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsHttpClientBuilder;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends one delivery as GitHub does. Which address a name leads to is judged when the connection is made, so that no name can
 * be made to lead elsewhere in between; redirections are not followed.
 */
final class HookSender implements AutoCloseable {

    private static final int MOST_OF_ANSWER = 10_000;
    /** Of an answer with more, or longer ones, nothing is read. */
    private static final Http1Config HEADERS =
            Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8_192).build();

    private static final String AGENT = "GitHub-Hookshot/forgelog";

    private final Duration limit;
    private final JsonMapper json;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-alarms").factory());

    /**
     * @param limit how long an attempt may take, from the connection to the end of the answer
     * @param allowed which addresses deliveries may go to
     */
    HookSender(Duration limit, InetAddressFilter allowed, int parallel, JsonMapper json) {
        this.limit = limit;
        this.json = json;
        this.http = new HttpComponentsHttpClientBuilder()
                .withConnectionManagerCustomizer(manager -> manager.setMaxConnTotal(parallel)
                        .setMaxConnPerRoute(parallel)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEADERS)
                                .build()))
                .withCustomizer(builder -> builder.disableAutomaticRetries()
                        .disableContentCompression()
                        .disableCookieManagement()
                        .disableAuthCaching())
                .build(HttpClientSettings.defaults()
                        .withRedirects(HttpRedirects.DONT_FOLLOW)
                        .withTimeouts(limit, limit)
                        .withInetAddressFilter(allowed));
    }

    Attempt send(Hook hook, Delivery delivery) {
        long start = System.nanoTime();
        Map<String, String> headers = headers(hook, delivery);
        HttpPost request;
        try {
            request = request(hook, delivery, headers);
        } catch (IllegalArgumentException e) {
            return attempt(false, "invalid address", null, headers, start, null, null);
        }
        ScheduledFuture<?> alarm = alarms.schedule(request::abort, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return http.execute(request, response -> answered(response, headers, start));
        } catch (IOException | RuntimeException e) {
            return attempt(false, reason(e, request.isAborted()), null, headers, start, null, null);
        } finally {
            alarm.cancel(false);
        }
    }

    private static HttpPost request(Hook hook, Delivery delivery, Map<String, String> headers) {
        HttpPost request = new HttpPost(hook.config().url());
        byte[] body = body(hook, delivery).getBytes(StandardCharsets.UTF_8);
        request.setEntity(new ByteArrayEntity(body, ContentType.create(type(hook))));
        headers.forEach((name, value) -> {
            if (!name.equals("Content-Type")) {
                request.setHeader(name, value);
            }
        });
        return request;
    }

    private static String reason(Throwable failure, boolean late) {
        if (late) {
            return "timed out";
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof FilteredHostException) {
                return "address not allowed";
            }
            if (at instanceof MessageConstraintException) {
                return "the answer's headers are too long";
            }
        }
        return failure instanceof java.net.UnknownHostException ? "unknown host" : "failed to connect to host";
    }

    private Attempt answered(ClassicHttpResponse response, Map<String, String> headers, long start) throws IOException {
        int code = response.getCode();
        Map<String, String> got = new LinkedHashMap<>();
        int characters = 0;
        for (Header header : response.getHeaders()) {
            characters += header.getName().length()
                    + String.valueOf(header.getValue()).length();
            if (characters <= MOST_OF_ANSWER) {
                got.put(header.getName(), header.getValue());
            }
        }
        String body = "";
        if (response.getEntity() != null) {
            try (InputStream content = response.getEntity().getContent()) {
                body = new String(content.readNBytes(MOST_OF_ANSWER), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
            }
        }
        boolean ok = code >= 200 && code < 300;
        String status = ok ? "OK" : "Invalid HTTP Response: " + code;
        return attempt(ok, status, code, headers, start, got, body);
    }

    private Attempt attempt(
            boolean ok,
            String status,
            @Nullable Integer code,
            Map<String, String> sent,
            long start,
            @Nullable Map<String, String> got,
            @Nullable String body) {
        return new Attempt(
                ok,
                status,
                code,
                (System.nanoTime() - start) / 10_000_000 / 100.0,
                json.writeValueAsString(sent),
                got == null ? null : json.writeValueAsString(got).replace("\\u0000", ""),
                body);
    }

    private static Map<String, String> headers(Hook hook, Delivery delivery) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "*/*");
        headers.put("Content-Type", type(hook));
        headers.put("User-Agent", AGENT);
        headers.put("X-GitHub-Delivery", delivery.guid().toString());
        headers.put("X-GitHub-Event", delivery.event());
        headers.put("X-GitHub-Hook-ID", Long.toString(hook.id()));
        headers.put("X-GitHub-Hook-Installation-Target-ID", Long.toString(hook.targetId()));
        headers.put("X-GitHub-Hook-Installation-Target-Type", hook.targetType());
        String secret = hook.config().secret();
        if (secret != null) {
            byte[] body = body(hook, delivery).getBytes(StandardCharsets.UTF_8);
            headers.put("X-Hub-Signature", "sha1=" + mac("HmacSHA1", secret, body));
            headers.put("X-Hub-Signature-256", "sha256=" + mac("HmacSHA256", secret, body));
        }
        return headers;
    }

    private static String type(Hook hook) {
        return hook.config().contentType().equals(Hook.JSON) ? "application/json" : "application/x-www-form-urlencoded";
    }

    private static String body(Hook hook, Delivery delivery) {
        return hook.config().contentType().equals(Hook.JSON)
                ? delivery.payload()
                : "payload=" + URLEncoder.encode(delivery.payload(), StandardCharsets.UTF_8);
    }

    private static String mac(String algorithm, String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        alarms.shutdownNow();
        http.close();
    }
}

package org.forgelog.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.forgelog.engines.SharedEngines;
import org.forgelog.eventlog.EventLogSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A node ends TLS itself, with a bundle of Spring Boot's, as docs/operating says. */
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void requestsAreAnsweredOverTls() throws Exception {
        Path keys = folder.resolve("server.p12");
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString());
        String url = SharedEngines.freshDatabase();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        EventLogSchema.migrate(dataSource, true);
        Map<String, Object> properties = Map.of(
                "server.port",
                0,
                "server.address",
                "127.0.0.1",
                "spring.datasource.url",
                url,
                "spring.flyway.enabled",
                false,
                "spring.ssl.bundle.jks.server.keystore.location",
                keys.toUri().toString(),
                "spring.ssl.bundle.jks.server.keystore.password",
                PASSWORD,
                "spring.ssl.bundle.jks.server.keystore.type",
                "PKCS12",
                "server.ssl.bundle",
                "server");
        try (var context = (ServletWebServerApplicationContext)
                        new SpringApplicationBuilder(HttpConventionsTest.Application.class)
                                .properties(properties)
                                .run();
                HttpClient trusting =
                        HttpClient.newBuilder().sslContext(trusting(keys)).build();
                HttpClient other = HttpClient.newHttpClient()) {
            URI address =
                    URI.create("https://127.0.0.1:" + context.getWebServer().getPort() + "/echo/x");
            HttpRequest request = HttpRequest.newBuilder(address).build();
            var answer = trusting.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession()).isPresent();
            assertThatThrownBy(() -> other.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLContext trusting(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}

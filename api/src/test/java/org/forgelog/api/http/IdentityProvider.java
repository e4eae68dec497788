package org.forgelog.api.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An OpenID provider with one key, on this machine. */
final class IdentityProvider implements AutoCloseable {

    static final String AUDIENCE = "forgelog";

    private static final int BITS = 2048;

    private final HttpServer server;
    private final RSAKey key;

    IdentityProvider() throws IOException, JOSEException {
        key = key("first");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(
                "/.well-known/openid-configuration",
                """
                {"issuer": "%s", "jwks_uri": "%s/keys", "authorization_endpoint": "%1$s/authorize",
                 "token_endpoint": "%1$s/token", "response_types_supported": ["code"],
                 "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
                """
                        .formatted(issuer(), issuer()));
        serve("/keys", new JWKSet(key).toString());
        server.start();
    }

    static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(BITS).keyID(id).generate();
    }

    /** As it is published. */
    byte[] publicKey() throws JOSEException {
        return key.toRSAPublicKey().getEncoded();
    }

    private void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Claims of a token that is good for an hour. */
    JWTClaimsSet.Builder claims(String login) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .audience(List.of("another", AUDIENCE))
                .subject("subject of " + login)
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .claim("preferred_username", login);
    }

    String token(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, key);
    }

    static String signed(JWTClaimsSet.Builder claims, RSAKey key) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package org.forgelog.dynamodb.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.forgelog.dynamodb.protocol.DynamoDbError;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a request was signed with the access key.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4</a>
 */
final class Signature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern AUTHORIZATION =
            Pattern.compile(ALGORITHM + " +Credential=([^/, ]+)/(\\d{8})/([^/, ]+)/([^/, ]+)/aws4_request, *"
                    + "SignedHeaders=([a-z0-9;.-]+), *Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final AccessKey key;
    private final Clock clock;

    /** An access key. */
    record AccessKey(String id, String secret) {}

    Signature(AccessKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * Checks a request.
     *
     * @param headers gives the value of a header by its name in lower case
     * @throws DynamoDbError when it is not signed, or not with this key
     */
    void check(String method, String path, String query, Function<String, @Nullable String> headers, byte[] body) {
        String authorization = headers.apply("authorization");
        if (authorization == null) {
            throw DynamoDbError.authentication(
                    "MissingAuthenticationTokenException", "Request is missing Authentication Token");
        }
        Matcher parts = AUTHORIZATION.matcher(authorization);
        String date = headers.apply("x-amz-date");
        if (!parts.matches() || date == null) {
            throw DynamoDbError.authentication(
                    "IncompleteSignatureException",
                    "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters, and a"
                            + " 'X-Amz-Date' header.");
        }
        if (!same(parts.group(1), key.id)) {
            throw DynamoDbError.authentication(
                    "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        requireRecent(date);
        String scope = parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4) + "/aws4_request";
        String toSign = ALGORITHM + "\n" + date + "\n" + scope + "\n"
                + sha256(canonical(method, path, query, headers, parts.group(5), body)
                        .getBytes(StandardCharsets.UTF_8));
        byte[] signing = ("AWS4" + key.secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(parts.group(2), parts.group(3), parts.group(4), "aws4_request")) {
            signing = hmac(signing, part);
        }
        if (!same(parts.group(6), HexFormat.of().formatHex(hmac(signing, toSign)))) {
            throw DynamoDbError.authentication(
                    "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                            + " Access Key and signing method. Consult the service documentation for details.");
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private void requireRecent(String date) {
        Instant signed;
        try {
            signed = Instant.from(DATE.parse(date));
        } catch (DateTimeParseException e) {
            throw DynamoDbError.authentication(
                    "IncompleteSignatureException", "Date must be in ISO-8601 'basic format'. Got '" + date + "'.");
        }
        if (Duration.between(signed, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            throw DynamoDbError.authentication("InvalidSignatureException", "Signature expired: " + date);
        }
    }

    private static String canonical(
            String method,
            String path,
            String query,
            Function<String, @Nullable String> headers,
            String signedHeaders,
            byte[] body) {
        StringBuilder canonical = new StringBuilder(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(query)
                .append('\n');
        for (String name : signedHeaders.split(";")) {
            String value = headers.apply(name);
            canonical
                    .append(name)
                    .append(':')
                    .append(value == null ? "" : value.strip().replaceAll(" +", " "))
                    .append('\n');
        }
        return canonical
                .append('\n')
                .append(signedHeaders)
                .append('\n')
                .append(sha256(body))
                .toString();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

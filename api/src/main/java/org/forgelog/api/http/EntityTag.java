package org.forgelog.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.forgelog.api.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The tag of an answer: made of what was read for it where that is told, otherwise of its body; and of all else that an
 * answer depends on, which are the request, who asks, where links lead, and this program. It is a strong one: what has the
 * same tag is the same, byte by byte.
 */
public final class EntityTag {

    private static final String ATTRIBUTE = EntityTag.class.getName();
    private static final int BYTES = 16;

    /** A digest of the code that a class is from: two programs may render the same differently. */
    private static final ClassValue<byte[]> PROGRAM = new ClassValue<>() {
        @Override
        protected byte[] computeValue(Class<?> type) {
            try {
                Path code = Path.of(
                        Objects.requireNonNull(type.getProtectionDomain().getCodeSource(), "code of nowhere")
                                .getLocation()
                                .toURI());
                MessageDigest digest = sha256();
                for (Path file : files(code)) {
                    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                }
                return digest.digest();
            } catch (Exception e) {
                // Where it cannot be told what the program is, it is another one after each start.
                return UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
            }
        }

        private static List<Path> files(Path code) throws IOException {
            try (Stream<Path> all = Files.walk(code)) {
                return all.filter(Files::isRegularFile).sorted().toList();
            }
        }
    };

    private EntityTag() {}

    /**
     * Has an answer tagged by what was read for it; answers whether the client has it already.
     *
     * @param viewer for whom it is
     * @param read a digest of what was read
     * @param renderer a class of the code that makes answers of what is read, beside the representations here
     */
    public static boolean isKnown(HttpServletRequest request, Caller viewer, byte[] read, Class<?> renderer) {
        MessageDigest digest = sha256();
        add(digest, request.getRequestURI() + "?" + Objects.toString(request.getQueryString(), ""));
        add(digest, Objects.toString(request.getHeader("Accept"), "") + " " + PrettyJsonFilter.isWanted(request));
        add(digest, RequestLinks.of(request).toString());
        add(digest, viewer.key() + " " + viewer.siteAdmin() + " " + viewer.suspended() + " " + viewer.scopes());
        digest.update(PROGRAM.get(EntityTag.class));
        digest.update(PROGRAM.get(renderer));
        String tag = tag(digest.digest(read));
        request.setAttribute(ATTRIBUTE, tag);
        String candidates = request.getHeader("If-None-Match");
        return candidates != null && matches(candidates, tag);
    }

    /** The tag that an answer got by what was read for it. */
    static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }

    /** The tag of an answer of which no more is known than its body. */
    static String of(HttpServletRequest request, byte[] body) {
        MessageDigest digest = sha256();
        add(digest, Callers.of(request).key());
        digest.update((byte) (MediaTypes.wantsStarDates(request) ? 1 : 0));
        digest.update((byte) (PrettyJsonFilter.isWanted(request) ? 1 : 0));
        return tag(digest.digest(body));
    }

    /** Weak comparison: the mark for weakness, which whoever compressed the answer put there, does not count. */
    static boolean matches(String candidates, String tag) {
        String weak = "W/" + tag;
        return Stream.of(candidates.split(","))
                .map(String::strip)
                .anyMatch(candidate -> candidate.equals("*") || candidate.equals(tag) || candidate.equals(weak));
    }

    private static String tag(byte[] digest) {
        return "\"" + HexFormat.of().formatHex(digest, 0, BYTES) + "\"";
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

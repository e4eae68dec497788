package org.forgelog.api.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops a start with a {@code forgelog.*} property that there is none of: a name that is spelt wrong would leave its
 * default in force and nobody would notice. Each side knows the other one's, so that both can be given the same.
 */
final class KnownProperties implements EnvironmentPostProcessor, Ordered {

    /** Names of all properties, one a line; made from the code by {@code ConfigurationDocTest}. */
    static final String LIST = "/org/forgelog/api/config/properties.txt";

    private static final String OURS = "forgelog.";
    private static final String OURS_IN_ENVIRONMENT = "FORGELOG_";
    /** What the launcher and the command line read. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("data", "token", "javahome", "javaopts", "trace");
    /** What Kubernetes and container links add for services whose names begin as ours. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("FORGELOG_.*?_?(?:SERVICE_HOST|SERVICE_PORT(?:_\\w+)?|PORT(?:_\\d+_TCP(?:_\\w+)?)?)");

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]|_\\d+_?$");

    /** After everything that brings properties. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, String> known = known();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> all) {
                boolean variables = source instanceof SystemEnvironmentPropertySource;
                for (String name : all.getPropertyNames()) {
                    check(name, variables, known);
                }
            }
        }
    }

    private static void check(String name, boolean variable, Map<String, String> known) {
        String plain;
        if (variable && name.startsWith(OURS_IN_ENVIRONMENT)) {
            plain = plain(name.substring(OURS_IN_ENVIRONMENT.length()));
            if (OF_THE_LAUNCHER.contains(plain) || SERVICE_LINK.matcher(name).matches()) {
                return;
            }
        } else if (name.toLowerCase(Locale.ROOT).startsWith(OURS)) {
            plain = plain(name.substring(OURS.length()));
        } else {
            return;
        }
        if (!known.containsKey(plain)) {
            String nearest = nearest(plain, known);
            throw new UnknownPropertyException("There is no property " + name + ". Did you mean "
                    + (variable ? variable(nearest) : nearest) + "?");
        }
    }

    /** A name without what Spring Boot's relaxed binding does not look at. */
    private static String plain(String name) {
        return INDEX.matcher(name).replaceAll("").replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Whole names, by what is left of them. */
    private static Map<String, String> known() {
        try (InputStream list = Objects.requireNonNull(KnownProperties.class.getResourceAsStream(LIST))) {
            Map<String, String> known = new LinkedHashMap<>();
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(name -> known.put(plain(name.substring(OURS.length())), name));
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nearest(String plain, Map<String, String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (Map.Entry<String, String> candidate : known.entrySet()) {
            int distance = distance(plain, candidate.getKey());
            if (distance < least) {
                least = distance;
                nearest = candidate.getValue();
            }
        }
        return nearest;
    }

    /** Letters to add, remove or replace (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

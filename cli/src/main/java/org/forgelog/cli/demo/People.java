package org.forgelog.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The accounts of the example data, and the tokens this run got for them. */
final class People {

    /** @param name what {@code /user} is told about them, as are bio and location; empty to leave it unset */
    record Person(String login, String name, String bio, String location) {

        String email() {
            return login + "@example.com";
        }

        Map<String, Object> profile() {
            Map<String, Object> profile = new HashMap<>();
            profile.put("name", name.isEmpty() ? null : name);
            profile.put("bio", bio.isEmpty() ? null : bio);
            profile.put("location", location.isEmpty() ? null : location);
            return profile;
        }
    }

    static final Person OCTOCAT = new Person("octocat", "The Octocat", "GitHub mascot", "San Francisco, CA");
    static final Person TORVALDS = new Person("torvalds", "Linus Torvalds", "Creator of Linux and Git", "Portland, OR");
    static final Person DEVELOPER = new Person("developer123", "", "", "");
    static final Person JOHN = new Person("john", "", "", "");
    /** An organization, for which {@link #DEVELOPER} acts. */
    static final Person AWS = new Person("aws", "Amazon Web Services", "", "");

    static final List<Person> USERS = List.of(OCTOCAT, TORVALDS, DEVELOPER, JOHN);

    /** A token of this run; its id is what it is revoked by. */
    record Token(long id, String text) {}

    private final Map<String, Token> tokens = new HashMap<>();

    void gotToken(Person person, Token token) {
        tokens.put(person.login(), token);
    }

    String token(Person person) {
        Person acting = person.equals(AWS) ? DEVELOPER : person;
        return Objects.requireNonNull(tokens.get(acting.login()), acting.login())
                .text();
    }

    Map<String, Token> tokens() {
        return Map.copyOf(tokens);
    }
}

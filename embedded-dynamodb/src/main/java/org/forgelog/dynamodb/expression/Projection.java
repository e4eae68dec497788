package org.forgelog.dynamodb.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.forgelog.dynamodb.item.AttributeValue;
import org.jspecify.annotations.Nullable;

/** The parts of an item that a projection expression names. */
public final class Projection {

    private final List<Path> paths;

    private Projection(List<Path> paths) {
        this.paths = paths;
    }

    /**
     * Reads an expression.
     *
     * @throws org.forgelog.dynamodb.protocol.DynamoDbError when it is none
     */
    public static Projection parse(String expression, Placeholders placeholders) {
        Tokens tokens = new Tokens(ExpressionKind.PROJECTION, expression);
        PathParser parser = new PathParser(tokens, placeholders);
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(parser.path());
        } while (tokens.accept(","));
        tokens.expectEnd();
        requireApart(ExpressionKind.PROJECTION, paths);
        return new Projection(paths);
    }

    /** That no two paths touch each other. */
    static void requireApart(ExpressionKind kind, List<Path> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) {
                Path one = paths.get(i);
                Path two = paths.get(j);
                String how = one.overlaps(two) ? "overlap" : one.conflicts(two) ? "conflict" : null;
                if (how != null) {
                    throw kind.invalid("Two document paths " + how
                            + " with each other; must remove or rewrite one of these paths; path one: " + one
                            + ", path two: " + two);
                }
            }
        }
    }

    /** The top-level attributes that it reads. */
    public List<String> attributes() {
        return paths.stream().map(Path::attribute).distinct().toList();
    }

    /** What an item has of it; members of lists move up to where those before them are missing. */
    public Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
        Node root = new Node();
        for (Path path : paths) {
            AttributeValue value = path.in(item);
            if (value != null) {
                root.at(path.attribute()).put(path.steps(), value);
            }
        }
        Map<String, AttributeValue> projected = new LinkedHashMap<>();
        root.fields.forEach((name, node) -> projected.put(name, node.value()));
        return projected;
    }

    private static final class Node {
        private final Map<String, Node> fields = new LinkedHashMap<>();
        private final Map<Integer, Node> members = new TreeMap<>();
        private @Nullable AttributeValue leaf;

        Node at(String field) {
            return fields.computeIfAbsent(field, f -> new Node());
        }

        void put(List<Object> steps, AttributeValue value) {
            Node node = this;
            for (Object step : steps) {
                node = step instanceof Integer index
                        ? node.members.computeIfAbsent(index, i -> new Node())
                        : node.at((String) step);
            }
            node.leaf = value;
        }

        AttributeValue value() {
            if (leaf != null) {
                return leaf;
            }
            if (!members.isEmpty()) {
                return new AttributeValue.L(
                        members.values().stream().map(Node::value).toList());
            }
            Map<String, AttributeValue> map = new LinkedHashMap<>();
            fields.forEach((name, node) -> map.put(name, node.value()));
            return new AttributeValue.M(map);
        }
    }
}

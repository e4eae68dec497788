package org.forgelog.query.projection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands between a client and DynamoDB Local and does what the real one does on bad days: throttles, fails, is slow,
 * leaves items unprocessed, lets transactions conflict, and does what it was asked while the answer gets lost. What
 * happens to the n-th request of a seed is always the same.
 */
public final class FaultProxy implements AutoCloseable {

    /** What can go wrong. */
    public enum Fault {
        THROTTLED,
        SERVER_ERROR,
        /** Nothing is done, and no answer comes before the client gives up. */
        TIMEOUT,
        /** It is done, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** A part of the batch is left over. */
        PARTIAL,
        /** Another transaction is under way. */
        CONFLICT
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "com.amazonaws.dynamodb.v20120810#";

    private final URI target;
    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long seed;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Fault, AtomicInteger> happened = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
    private volatile double share;
    private volatile boolean leavesOver;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    /** @param share of all requests that go wrong, between 0 and 1 */
    public FaultProxy(URI target, long seed, double share) throws IOException {
        this.target = target;
        this.seed = seed;
        this.share = share;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on everything goes well. */
    public void heal() {
        share = 0;
    }

    /** From now on takes so many writes; what is more is throttled. */
    public void takes(int writes) {
        left.set(writes);
    }

    /** How often each fault happened. */
    public Map<Fault, Integer> happened() {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        happened.forEach((fault, count) -> counts.put(fault, count.get()));
        return counts;
    }

    /** From now on a part of each batch of writes is left over. */
    public void leaveOver() {
        leavesOver = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceAll(".*\\.", "");
            if (isWrite(operation) && left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
                happened.computeIfAbsent(Fault.THROTTLED, f -> new AtomicInteger())
                        .incrementAndGet();
                refuse(exchange, 400, "ProvisionedThroughputExceededException", "slower");
                return;
            }
            if (leavesOver && operation.equals("BatchWriteItem")) {
                happened.computeIfAbsent(Fault.PARTIAL, f -> new AtomicInteger())
                        .incrementAndGet();
                partial(exchange, operation, (ObjectNode) JSON.readTree(body));
                return;
            }
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + requests.incrementAndGet());
            List<Fault> possible = possible(operation);
            // Each operation meets each of its faults once before it is left to chance.
            int turn =
                    turns.computeIfAbsent(operation, o -> new AtomicInteger()).getAndIncrement();
            boolean isTurn = share > 0 && turn < possible.size();
            if (possible.isEmpty() || !(isTurn || random.nextDouble() < share)) {
                answer(exchange, forward(exchange, body));
                return;
            }
            Fault fault = possible.get(isTurn ? turn : random.nextInt(possible.size()));
            happened.computeIfAbsent(fault, f -> new AtomicInteger()).incrementAndGet();
            switch (fault) {
                case THROTTLED -> refuse(exchange, 400, "ProvisionedThroughputExceededException", "slower");
                case SERVER_ERROR -> refuse(exchange, 500, "InternalServerError", "not our day");
                case TIMEOUT -> Thread.sleep(FaultyClients.PATIENCE.plusMillis(100));
                case ANSWER_LOST -> forward(exchange, body);
                case PARTIAL -> partial(exchange, operation, (ObjectNode) JSON.readTree(body));
                case CONFLICT ->
                    conflict(exchange, JSON.readTree(body).path("TransactItems").size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWrite(String operation) {
        return operation.endsWith("Item") && !operation.equals("GetItem") && !operation.equals("BatchGetItem")
                || operation.equals("TransactWriteItems");
    }

    /** What can happen to such a request; tables come and go undisturbed. */
    private static List<Fault> possible(String operation) {
        return switch (operation) {
            case "CreateTable", "DeleteTable", "DescribeTable", "UpdateTimeToLive", "DescribeTimeToLive", "Scan" ->
                List.of();
            case "BatchWriteItem", "BatchGetItem" ->
                List.of(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.TIMEOUT, Fault.ANSWER_LOST, Fault.PARTIAL);
            case "TransactWriteItems" ->
                List.of(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.TIMEOUT, Fault.ANSWER_LOST, Fault.CONFLICT);
            default -> List.of(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.TIMEOUT, Fault.ANSWER_LOST);
        };
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).POST(BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.equalsIgnoreCase("Authorization")
                    || name.equalsIgnoreCase("Content-Type")
                    || name.toLowerCase(Locale.ROOT).startsWith("x-amz-")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (name.startsWith("x-amz") || name.equals("content-type")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, response.statusCode(), response.body());
    }

    private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
        ObjectNode error = JSON.createObjectNode().put("__type", TYPE + type).put("message", message);
        send(exchange, status, JSON.writeValueAsBytes(error));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/x-amz-json-1.0"));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void conflict(HttpExchange exchange, int actions) throws IOException {
        ObjectNode error = JSON.createObjectNode()
                .put("__type", TYPE + "TransactionCanceledException")
                .put("Message", "Transaction cancelled, please refer cancellation reasons for specific reasons");
        ArrayNode reasons = error.putArray("CancellationReasons");
        reasons.addObject().put("Code", "TransactionConflict").put("Message", "Transaction is ongoing for the item");
        for (int i = 1; i < actions; i++) {
            reasons.addObject().put("Code", "None");
        }
        send(exchange, 400, JSON.writeValueAsBytes(error));
    }

    /** Every second element of the request is left over. */
    private void partial(HttpExchange exchange, String operation, ObjectNode request)
            throws IOException, InterruptedException {
        boolean write = operation.equals("BatchWriteItem");
        ObjectNode left = JSON.createObjectNode();
        ObjectNode done = JSON.createObjectNode();
        ObjectNode tables = (ObjectNode) request.get("RequestItems");
        for (String table : tables.propertyNames()) {
            JsonNode wanted = tables.get(table);
            ArrayNode some = JSON.createArrayNode();
            ArrayNode others = JSON.createArrayNode();
            int n = 0;
            for (JsonNode each : write ? wanted : wanted.get("Keys")) {
                (n++ % 2 == 0 ? some : others).add(each);
            }
            done.set(table, write ? some : ((ObjectNode) wanted.deepCopy()).set("Keys", some));
            if (!others.isEmpty()) {
                left.set(table, write ? others : ((ObjectNode) wanted.deepCopy()).set("Keys", others));
            }
        }
        request.set("RequestItems", done);
        HttpResponse<byte[]> response = forward(exchange, JSON.writeValueAsBytes(request));
        if (response.statusCode() != 200) {
            answer(exchange, response);
            return;
        }
        ObjectNode answer = (ObjectNode) JSON.readTree(response.body());
        answer.set(write ? "UnprocessedItems" : "UnprocessedKeys", left);
        send(exchange, 200, JSON.writeValueAsBytes(answer));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package org.forgelog.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.forgelog.command.Answered;
import org.forgelog.command.CommandNode;
import org.forgelog.command.CommandProcess;
import org.forgelog.command.webhook.Receiver.Got;
import org.forgelog.command.webhook.Receiver.Mood;
import org.junit.jupiter.api.Test;

/**
 * Nodes that send deliveries are killed in the middle of one: before the receiver took it, and after it did but before it could
 * say so. More often with {@code -Pfaults}.
 */
class KilledSenderTest {

    private static final int ROUNDS = Boolean.getBoolean("faults.all") ? 6 : 2;
    private static final int ISSUES = 5;
    private static final Map<String, Object> SENDS_NOTHING = Map.of("forgelog.webhooks.parallel", "0");
    private static final Map<String, Object> SENDS = Map.of(
            "forgelog.webhooks.allowed", "127.0.0.1/32",
            "forgelog.webhooks.timeout", "2s",
            "forgelog.webhooks.first-pause", "10ms",
            "forgelog.webhooks.longest-pause", "50ms");

    private static void eventually(Runnable holds) {
        Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(holds::run);
    }

    @Test
    void givenNodesThatAreKilledInTheMiddleOfDeliveries_thenEverythingComesInOrder_atLeastOnce() {
        String database = CommandNode.freshDatabase();
        try (Receiver receiver = new Receiver();
                CommandNode writer = CommandNode.with(database, new TreeMap<>(SENDS_NOTHING))) {
            CommandNode.User ada = writer.newUser();
            String repository = ada.sharingRepository("owed");
            Answered made = ada.post(
                    repository + "/hooks",
                    "{\"config\":{\"url\":\"" + receiver.url()
                            + "\",\"content_type\":\"json\"},\"events\":[\"issues\"]}");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            for (int round = 0; round < ROUNDS; round++) {
                int met = receiver.interrupted();
                receiver.will(round % 2 == 0 ? Mood.HANGS : Mood.TAKES_AND_HANGS);
                try (CommandProcess sender = CommandProcess.start(database, SENDS)) {
                    for (int i = 0; i < ISSUES; i++) {
                        ada.post(repository + "/issues", "{\"title\":\"Issue\"}");
                    }
                    eventually(() -> assertThat(receiver.interrupted()).isGreaterThan(met));
                    sender.kill();
                    eventually(() -> assertThat(sender.isGone()).isTrue());
                }
            }
            try (CommandNode last = CommandNode.with(database, new TreeMap<>(SENDS))) {
                List<String> all = LongStream.rangeClosed(1, ROUNDS * ISSUES)
                        .mapToObj(number -> "issues.opened " + number)
                        .toList();
                eventually(() -> assertThat(receiver.said()).containsExactlyElementsOf(all));
                assertThat(last.sql()
                                .sql("select count(*) from hook_delivery where state <> 'DELIVERED'")
                                .query(Long.class)
                                .single())
                        .isZero();
            }
            List<String> guids = receiver.got().stream().map(Got::guid).toList();
            assertThat(Set.copyOf(guids))
                    .as("what was taken and not confirmed comes again")
                    .hasSizeLessThan(guids.size());
        }
    }
}

package org.forgelog.command.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.forgelog.domain.account.AccountEvent.AccountSuspended;
import org.forgelog.domain.account.AccountId;
import org.forgelog.eventlog.EventCodec;
import org.forgelog.eventlog.UnreadableEventException;
import org.junit.jupiter.api.Test;

class StoredEventSerializerTest {

    private static final AccountSuspended EVENT =
            new AccountSuspended(new AccountId(7), Instant.parse("2026-02-03T04:05:06Z"));

    private final StoredEventSerializer serializer = new StoredEventSerializer(new EventCodec());

    @Test
    void givenAnEvent_thenItIsStoredUnderItsAliasAndReadBack() {
        SerializedObject<String> stored = serializer.serialize(EVENT, String.class);

        assertThat(stored.getType()).isEqualTo(new SimpleSerializedType("account-suspended", "1"));
        assertThat(serializer.<String, AccountSuspended>deserialize(stored)).isEqualTo(EVENT);
        assertThat(serializer.classForType(stored.getType())).isEqualTo(AccountSuspended.class);
    }

    @Test
    void givenMetadata_thenTheyAreReadBack() {
        MetaData metadata = MetaData.from(Map.of("actor", "a:1", "count", 3));

        assertThat(serializer.<String, MetaData>deserialize(serializer.serialize(metadata, String.class)))
                .isEqualTo(metadata);
    }

    @Test
    void givenAnUnknownTypeOrANewerRevision_thenItIsAnErrorAndNeverSkipped() {
        assertThatThrownBy(() -> serializer.classForType(new SimpleSerializedType("from-the-future", "1")))
                .isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> serializer.deserialize(new SimpleSerializedObject<>(
                        "{}", String.class, new SimpleSerializedType("account-suspended", "2"))))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void givenWhatIsNoEvent_thenItIsNotStored() {
        assertThatThrownBy(() -> serializer.serialize("text", String.class))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.confab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.protocol.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Map<String, String> QUERY = Map.of("user", "ann", "empty", "", "town", "Zürich 🏔");
    private static final Map<String, List<String>> HEADERS =
            Map.of("User-Agent", List.of("x".repeat(100_000)), "Via", List.of("one", "two"), "none", List.of());

    private final Handshake handshake =
            new Handshake(QUERY, HEADERS, Value.Obj.of("token", Value.of("t")), "127.0.0.1", "websocket");

    @Test
    void saysWhatItWasTold() {
        assertThat(handshake.query()).isEqualTo(QUERY);
        assertThat(handshake.query("town")).contains("Zürich 🏔");
        assertThat(handshake.query("empty")).contains("");
        assertThat(handshake.query("other")).isEmpty();
        assertThat(handshake.auth("token")).contains("t");
        assertThat(handshake.address()).isEqualTo("127.0.0.1");
        assertThat(handshake.transport()).isEqualTo("websocket");
    }

    @Test
    void headersHaveNamesInLowerCaseAndAreFoundInAny() {
        assertThat(handshake.headers().keySet()).containsExactlyInAnyOrder("user-agent", "via", "none");
        assertThat(handshake.headers().get("via")).containsExactly("one", "two");
        assertThat(handshake.header("VIA")).contains("one");
        assertThat(handshake.header("user-agent").orElseThrow()).hasSize(100_000);
        assertThat(handshake.header("none")).isEmpty();
    }

    @Test
    void stringsOfAnyLengthComeBackEqual() {
        var query = new HashMap<String, String>();
        for (int length : new int[] {1, 127, 128, 16_383, 16_384, 3_000_000}) {
            query.put("of " + length, "y".repeat(length));
        }
        assertThat(handshake.withQuery(query).query()).isEqualTo(query);
    }

    @Test
    void anotherQueryOrLoginChangesNothingElse() {
        Handshake other = handshake.withQuery(Map.of("user", "bob")).withAuth(Value.Obj.EMPTY);
        assertThat(other.query()).isEqualTo(Map.of("user", "bob"));
        assertThat(other.auth()).isEqualTo(Value.Obj.EMPTY);
        assertThat(other.headers()).isEqualTo(handshake.headers());
        assertThat(other.address()).isEqualTo("127.0.0.1");
        assertThat(other.transport()).isEqualTo("websocket");
        assertThat(handshake.query()).isEqualTo(QUERY);
    }

    @Test
    void isEqualToOneThatSaysTheSame() {
        var other =
                new Handshake(new HashMap<>(QUERY), new HashMap<>(HEADERS), handshake.auth(), "127.0.0.1", "websocket");
        assertThat(handshake).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(handshake).isNotEqualTo(handshake.withQuery(Map.of()));
        assertThat(handshake.withQuery(Map.of()).withQuery(QUERY))
                .isEqualTo(handshake)
                .hasSameHashCodeAs(handshake);
        assertThat(handshake).isNotEqualTo(handshake.withAuth(Value.Obj.EMPTY));
    }

    @Test
    void doesNotTellWhatTheClientSentWhenItIsPrinted() {
        assertThat(handshake).hasToString("Handshake[websocket from 127.0.0.1]");
    }

    @Test
    void isNotChangedThroughItsMaps() {
        assertThatThrownBy(() -> handshake.query().put("user", "eve"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> handshake.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}

package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the codecs comes back equal, and what is no packet is refused. */
class CodecTest {

    private static final JsonReader JSON = new JsonReader(256, 1_000_000);

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong());
            case 3 -> Value.of((Object) (random.nextDouble() * Math.pow(10, random.nextInt(40) - 20)));
            case 4 -> Value.of(text(random));
            case 5 -> bytes(random);
            case 6 -> {
                var items = new ArrayList<Value>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(random, depth + 1));
                }
                yield new Value.Arr(items);
            }
            default -> {
                var fields = Value.Obj.builder();
                for (int i = random.nextInt(12); i > 0; i--) {
                    fields.put(name(random), value(random, depth + 1));
                }
                yield fields.build();
            }
        };
    }

    private static Value bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return Value.Bytes.copyOf(bytes);
    }

    /** Any text that is Unicode: of names, half a surrogate pair is refused. */
    private static String name(Random random) {
        return new String(text(random).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Any UTF-16 units, halves of surrogate pairs among them. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x1000));
                case 3 -> text.append("\"\\/".charAt(random.nextInt(3)));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static List<Value> roundTrip(EncodedPacket packet) throws Exception {
        var decoder = new SocketIoDecoder(new SocketIoDecoder.Rules(JSON, true, 10_000, 10_000_000));
        SocketIoPacket read = decoder.text(packet.text(), 1);
        for (byte[] attachment : packet.attachments()) {
            assertThat(read).isNull();
            read = decoder.binary(attachment);
        }
        return Objects.requireNonNull(read).items();
    }

    @Test
    void anyValueComesBackEqual() throws Exception {
        var random = new Random(4711);
        for (int i = 0; i < 3000; i++) {
            var args = List.of(value(random, 0), value(random, 0));
            List<Value> back = roundTrip(SocketIoEncoder.event("/chat-service", "roomMessage", args));
            assertThat(back.getFirst()).isEqualTo(Value.of("roomMessage"));
            assertThat(back.subList(1, 3)).isEqualTo(args);
        }
    }

    @Test
    void payloadsOfBothGenerationsComeBackEqual() throws Exception {
        var random = new Random(815);
        for (int i = 0; i < 500; i++) {
            var packets = new ArrayList<EncodedPacket>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                packets.add(SocketIoEncoder.event("/x", text(random), List.of(value(random, 2))));
            }
            for (WireForm form : WireForm.values()) {
                EngineIoPayload.Body body = EngineIoPayload.encode(packets, form);
                var back = body.isBinary()
                        ? EngineIoPayload.decodeBinary3(body.bytes())
                        : EngineIoPayload.decode(body.bytes(), form);
                var sent = new ArrayList<byte[]>();
                packets.forEach(packet -> {
                    sent.add(packet.text());
                    sent.addAll(packet.attachments());
                });
                assertThat(back.stream().map(EngineIoPayload.Packet::bytes).toList())
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(sent);
            }
        }
    }

    @Test
    void rubbishIsRefusedWithNothingButAProtocolError() {
        var random = new Random(99);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = mutated(random);
            try {
                new SocketIoDecoder(new SocketIoDecoder.Rules(JSON, random.nextBoolean(), 10, 1000)).text(bytes, 0);
                EngineIoPayload.decode(bytes, random.nextBoolean() ? WireForm.V4 : WireForm.V3);
                EngineIoPayload.decodeBinary3(bytes);
            } catch (ProtocolException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    /** Something that was a packet once. */
    private static byte[] mutated(Random random) {
        byte[] bytes = SocketIoEncoder.ack("/chat-service", random.nextInt(1000), List.of(value(random, 2)))
                .text();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x:1", "-1:4", "5:4", "99999999999:4", ":4", "2:b5", "3:4a", "1:1\u00002:"})
    void aPayloadOfGenerationThreeMustAddUp(String payload) {
        assertThatThrownBy(() -> {
                    if (EngineIoPayload.decode(payload.getBytes(StandardCharsets.UTF_8), WireForm.V3)
                            .isEmpty()) {
                        throw new ProtocolException("nothing in it");
                    }
                })
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void base64MayBeBrokenIntoLines() throws Exception {
        byte[] payload = "4x\u001ebAQ\r\nID\nBA==\n".getBytes(StandardCharsets.UTF_8);
        assertThat(EngineIoPayload.decode(payload, WireForm.V4).get(1).bytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void objectsKeepTheOrderOfTheirFieldsAndTheLaterOfTwoValues() throws Exception {
        byte[] json = "{\"b\":1,\"__proto__\":2,\"\":3,\"b\":4}".getBytes(StandardCharsets.UTF_8);
        assertThat(JSON.read(json, 0, json.length)).hasToString("{\"b\":4,\"__proto__\":2,\"\":3}");
    }

    @Test
    void aNumberKeepsItsText() throws Exception {
        String digits = "-12345678901234567890123456789.000e-0400";
        byte[] json = digits.getBytes(StandardCharsets.UTF_8);
        assertThat(JSON.read(json, 0, json.length)).isEqualTo(new Value.Num(digits));
    }

    @Test
    void aBroadcastIsOneImageForAllWhoHearIt() {
        EncodedPacket packet = SocketIoEncoder.event("/x", "e", List.of(Value.of("text")));
        assertThat(packet.image(WireForm.V4, null))
                .isSameAs(packet.image(WireForm.V4, null))
                .isSameAs(packet.image(WireForm.V3, null));
    }

    @Test
    void aBroadcastIsCompressedOnceForAllWhoTakeItSo() {
        EncodedPacket packet = SocketIoEncoder.event("/x", "e", List.of(Value.of("text ".repeat(1000))));
        var one = new Deflation(1024);
        var other = new Deflation(1024);
        assertThat(packet.image(WireForm.V4, one))
                .hasSizeLessThan(1000)
                .isSameAs(packet.image(WireForm.V4, other))
                .isSameAs(packet.image(WireForm.V3, other))
                .isNotSameAs(packet.image(WireForm.V4, null));
        one.end();
        other.end();
    }
}

package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflationTest {

    private static final int MOST = 1_000_000;

    private final Deflation deflation = new Deflation(1024);

    @AfterEach
    void end() {
        deflation.end();
    }

    private static byte[] text(int length) {
        var text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append("message ").append(i * 7919 % 1000).append(' ');
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** What a client makes of it, which keeps nothing of the messages before. */
    static byte[] inflated(byte[] message) throws Exception {
        try (var inflater = new Inflater(true)) {
            byte[] whole = Arrays.copyOf(message, message.length + 4);
            whole[whole.length - 2] = -1;
            whole[whole.length - 1] = -1;
            inflater.setInput(whole);
            byte[] out = new byte[2 * MOST];
            return Arrays.copyOf(out, inflater.inflate(out));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 8180, 8187, 8192, 8200, 16_384, 100_000, MOST})
    void whatIsCompressedComesBackWhateverItsLength(int length) throws Exception {
        for (byte[] message : List.of(text(length), noise(length))) {
            byte[] small = deflation.deflate(message);
            assertThat(inflated(small)).isEqualTo(message);
            assertThat(deflation.inflate(small, MOST)).isEqualTo(message);
        }
    }

    @Test
    void textGetsSmaller() {
        assertThat(deflation.deflate(text(10_000))).hasSizeLessThan(5_000);
    }

    @Test
    void aMessageIsCompressedWithoutWhatWasBeforeIt() {
        byte[] first = deflation.deflate(text(5000));
        assertThat(deflation.deflate(text(5000))).isEqualTo(first);
    }

    @Test
    void whatIsSmallerThanTheThresholdIsNotWorthIt() {
        assertThat(deflation.isWorthIt(new byte[1023])).isFalse();
        assertThat(deflation.isWorthIt(new byte[1024])).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=10; server_no_context_takeover",
                "permessage-deflate;client_no_context_takeover",
                "permessage-deflate; client_max_window_bits = \"12\"",
                "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
            })
    void anOfferThatCanBeMetIs(String header) {
        assertThat(Deflation.isOffered(List.of(header))).isTrue();
    }

    @Test
    void anOfferMayBeInAnyOfTheHeaders() {
        assertThat(Deflation.isOffered(List.of("other", "permessage-deflate"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                ",",
                " ; , = ",
                "other",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; unknown",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=99",
                "permessage-deflate; client_max_window_bits=abc",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
                "permessage-deflatex",
            })
    void whatCannotBeMetIsDeclined(String header) {
        assertThat(Deflation.isOffered(List.of(header))).isFalse();
    }

    @Test
    void whatInflatesToMoreThanAMessageMayHoldIsCutOff() {
        byte[] bomb = deflation.deflate(new byte[MOST]);
        assertThat(bomb).hasSizeLessThan(MOST / 100);
        assertThatThrownBy(() -> deflation.inflate(bomb, MOST - 1))
                .isInstanceOfSatisfying(
                        WebSocketDecoder.Violation.class,
                        violation -> assertThat(violation.code).isEqualTo(1009));
    }

    @Test
    void whatWasNotCompressedIsRefusedAndTheNextMessageIsRead() throws Exception {
        assertThatThrownBy(() -> deflation.inflate(noise(1000), MOST))
                .isInstanceOfSatisfying(
                        WebSocketDecoder.Violation.class,
                        violation -> assertThat(violation.code).isEqualTo(1007));
        assertThat(deflation.inflate(deflation.deflate(text(100)), MOST)).isEqualTo(text(100));
    }

    @Test
    void aClientMayEndItsLastBlock() throws Exception {
        try (var deflater = new Deflater(9, true)) {
            deflater.setInput(text(500));
            deflater.finish();
            byte[] out = new byte[1000];
            int length = deflater.deflate(out);
            assertThat(deflation.inflate(Arrays.copyOf(out, length + 1), MOST)).isEqualTo(text(500));
        }
    }
}

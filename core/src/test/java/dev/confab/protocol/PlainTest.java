package dev.confab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void anOrdinaryTextIsQuoted() {
        assertThat(Plain.quoted("Ångström 漢字 🐝")).isEqualTo("\"Ångström 漢字 🐝\"");
    }

    @Test
    void whatEndsALineOrMovesTheCursorOrTurnsTheWritingIsEscaped() {
        assertThat(Plain.quoted("a\nb\r\u001b[31m\u2028\u202e\ud800\"\\"))
                .isEqualTo("\"a\\u{a}b\\u{d}\\u{1b}[31m\\u{2028}\\u{202e}\\u{d800}\\\"\\\\\"");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Plain.quoted("x".repeat(1000))).isEqualTo("\"" + "x".repeat(80) + "\"…");
    }
}

package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    @Test
    void thePageAboutSettingsSaysWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("confab.write-docs")) {
            Files.writeString(PAGE, SettingsPage.text());
        }

        assertThat(Files.readString(PAGE))
                .as("docs/settings.md; write it anew with -Dconfab.write-docs=true")
                .isEqualTo(SettingsPage.text());
    }
}

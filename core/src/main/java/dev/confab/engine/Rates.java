package dev.confab.engine;

import dev.confab.ChatOptions;
import dev.confab.RateLimit;

/** The rate limits of one kind of asker. */
record Rates(RateLimit commands, RateLimit messages, RateLimit bytes) {

    static Rates ofConnections(ChatOptions options) {
        return new Rates(options.connectionCommands(), options.connectionMessages(), options.connectionBytes());
    }

    static Rates ofUsers(ChatOptions options) {
        return new Rates(options.userCommands(), options.userMessages(), options.userBytes());
    }

    boolean areOff() {
        return commands.isNone() && messages.isNone() && bytes.isNone();
    }
}

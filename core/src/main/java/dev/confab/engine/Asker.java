package dev.confab.engine;

import org.jspecify.annotations.Nullable;

/** Who gives a command, and how. */
record Asker(
        @Nullable String user,
        @Nullable String connection,
        boolean isServerSide,
        boolean bypassesPermissions,
        boolean bypassesHooks) {

    static Asker client(String user, String connection) {
        return new Asker(user, connection, false, false, false);
    }

    static Asker user(String user) {
        return new Asker(user, null, true, false, false);
    }

    static Asker server() {
        return new Asker(null, null, true, true, false);
    }

    Asker on(String other) {
        return new Asker(user, other, isServerSide, bypassesPermissions, bypassesHooks);
    }

    Asker bypassingPermissions() {
        return new Asker(user, connection, isServerSide, true, bypassesHooks);
    }

    Asker bypassingHooks() {
        return new Asker(user, connection, isServerSide, bypassesPermissions, true);
    }
}

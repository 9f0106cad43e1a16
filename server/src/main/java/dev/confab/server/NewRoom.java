package dev.confab.server;

import dev.confab.RoomSettings;

/**
 * A room to create at start.
 *
 * @param name its name
 * @param settings how it begins
 */
record NewRoom(String name, RoomSettings settings) {

    static NewRoom plain(String name) {
        return new NewRoom(name, RoomSettings.DEFAULT);
    }
}

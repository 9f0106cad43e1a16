package dev.confab.engine;

import dev.confab.DirectSettings;
import dev.confab.Users;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.DirectList;
import dev.confab.protocol.Event;
import dev.confab.protocol.Names;
import dev.confab.protocol.Value;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.Store;
import dev.confab.spi.UserStore;
import java.util.List;

/** Users as the embedder sees them. */
final class ServerUsers implements Users {

    private final UserStore users;
    private final PresenceStore presence;
    private final Runnable pace;

    ServerUsers(Store store, Runnable pace) {
        this.users = store.users();
        this.presence = store.presence();
        this.pace = pace;
    }

    @Override
    public void create(String user, DirectSettings settings) {
        users.create(Names.check(user), settings);
    }

    @Override
    public void delete(String user) {
        users.delete(user);
    }

    @Override
    public boolean exists(String user) {
        return users.exists(user);
    }

    @Override
    public boolean lists(String user, DirectList list, String name) {
        return users.lists(user, list, name);
    }

    @Override
    public boolean takesDirect(String recipient, String sender) {
        try {
            return users.takesDirect(recipient, sender);
        } catch (ChatException noUser) {
            return false;
        }
    }

    @Override
    public void disconnect(String user) {
        presence.dismiss(user);
    }

    @Override
    public void emit(String user, String event, Value... args) {
        pace.run();
        presence.tell(user, new Event.Custom(event, List.of(args)), null);
    }
}

package dev.confab.engine;

import dev.confab.Confab;
import dev.confab.RoomSettings;
import dev.confab.Rooms;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Event;
import dev.confab.protocol.Names;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomDelete;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Value;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rooms as the embedder sees them. */
final class ServerRooms implements Rooms {

    private final Store store;
    private final RoomStore rooms;
    private final RoomDesk desk;
    private final Confab chat;
    private final Runnable pace;

    ServerRooms(Store store, RoomDesk desk, Confab chat, Runnable pace) {
        this.store = store;
        this.rooms = store.rooms();
        this.desk = desk;
        this.chat = chat;
        this.pace = pace;
    }

    @Override
    public Position create(String room, RoomSettings settings) {
        return rooms.create(Names.check(room), desk.complete(settings));
    }

    @Override
    public void delete(String room) {
        chat.asServer().execute(RoomDelete.of(room));
    }

    @Override
    public boolean exists(String room) {
        return rooms.exists(room);
    }

    @Override
    public boolean lists(String room, RoomList list, String name) {
        return rooms.lists(room, list, name);
    }

    @Override
    public boolean mayJoin(String room, String user) {
        try {
            return rooms.mayJoin(room, user);
        } catch (ChatException noRoom) {
            return false;
        }
    }

    @Override
    public void setOwner(String room, @Nullable String owner) {
        rooms.setOwner(room, owner);
    }

    @Override
    public void setHistoryMaxSize(String room, int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("historyMaxSize is 0 or more, not " + messages);
        }
        rooms.setHistoryMaxSize(room, messages);
    }

    @Override
    public void setUserlistUpdates(String room, boolean enabled) {
        rooms.setUpdates(room, enabled, null);
    }

    @Override
    public void setAccessListsUpdates(String room, boolean enabled) {
        rooms.setUpdates(room, null, enabled);
    }

    @Override
    public void emit(String room, String event, Value... args) {
        pace.run();
        store.presence().notify(room, new Event.Custom(event, List.of(args)));
    }
}

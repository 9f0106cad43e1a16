package dev.confab.engine;

import dev.confab.Recovery;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Event;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.PresenceStore.Leaving;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes what the store says of presence agree with the connections there really are. */
final class PresenceRecovery implements Recovery {

    private final RoomStore rooms;
    private final PresenceStore presence;
    private final Delivery delivery;
    private final Roster roster;

    PresenceRecovery(Store store, Delivery delivery, Roster roster) {
        this.rooms = store.rooms();
        this.presence = store.presence();
        this.delivery = delivery;
        this.roster = roster;
    }

    @Override
    public void syncUser(String user) {
        List<String> alive = roster.of(user).stream().map(Session::id).toList();
        presence.retain(user, alive).keySet().forEach(room -> tellLeft(room, user));
    }

    @Override
    public void syncRoom(String room) {
        presence.members(room).forEach((user, connections) -> {
            Map<String, List<String>> registered = presence.connections(user);
            for (String connection : connections) {
                if (!registered.containsKey(connection) || isDeaf(room, connection)) {
                    leave(room, user, connection);
                }
            }
        });
    }

    @Override
    public void recoverNode(String node) {
        presence.connectionsOf(node).forEach((connection, user) -> {
            presence.disconnect(user, connection).rooms().forEach(room -> leave(room, user, connection));
        });
    }

    @Override
    public Optional<Instant> lastBeat(String node) {
        return Optional.ofNullable(presence.lastBeat(node));
    }

    @Override
    public Map<String, String> connectionsOf(String node) {
        return presence.connectionsOf(node);
    }

    /** A connection of this node that the store has as a member, but that doesn't hear the room. */
    private boolean isDeaf(String room, String connection) {
        return roster.find(connection) != null && delivery.find(room, connection) == null;
    }

    private void leave(String room, String user, String connection) {
        try {
            Leaving leaving = presence.leave(room, user, connection);
            if (leaving.wasMember() && leaving.connections() == 0 && leaving.userlistUpdates()) {
                presence.notify(room, new Event.RoomUserLeft(room, user));
            }
        } catch (ChatException deletedMeanwhile) {
            delivery.drop(room, connection);
        }
    }

    private void tellLeft(String room, String user) {
        try {
            if (rooms.view(room, Guard.NONE).userlistUpdates()
                    && !presence.members(room).containsKey(user)) {
                presence.notify(room, new Event.RoomUserLeft(room, user));
            }
        } catch (ChatException _) {
            // the room was deleted meanwhile, and nobody is left to be told
        }
    }
}

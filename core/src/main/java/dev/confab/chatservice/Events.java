package dev.confab.chatservice;

import dev.confab.protocol.DirectNote;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Value;
import java.util.List;

/** The names of events and the order of their arguments. */
final class Events {

    private Events() {}

    static Spoken spell(Event event) {
        return switch (event) {
            case Event.RoomMessagePosted(String room, Message message) ->
                say("roomMessage", Value.of(room), Results.message(message));
            case Event.RoomUserJoined(String room, String user) ->
                say("roomUserJoined", Value.of(room), Value.of(user));
            case Event.RoomUserLeft(String room, String user) -> say("roomUserLeft", Value.of(room), Value.of(user));
            case Event.RoomAccessListAdded(String room, RoomList list, List<String> names) ->
                say("roomAccessListAdded", Value.of(room), Value.of(list.listName()), Value.ofStrings(names));
            case Event.RoomAccessListRemoved(String room, RoomList list, List<String> names) ->
                say("roomAccessListRemoved", Value.of(room), Value.of(list.listName()), Value.ofStrings(names));
            case Event.RoomModeChanged(String room, boolean mode) ->
                say("roomModeChanged", Value.of(room), Value.of(mode));
            case Event.RoomAccessRemoved(String room) -> say("roomAccessRemoved", Value.of(room));
            case Event.RoomJoinedEcho(String room, String connection, int connections) ->
                say("roomJoinedEcho", Value.of(room), Value.of(connection), Value.of(connections));
            case Event.RoomLeftEcho(String room, String connection, int connections) ->
                say("roomLeftEcho", Value.of(room), Value.of(connection), Value.of(connections));
            case Event.ConnectEcho(String connection, int connections) ->
                say("socketConnectEcho", Value.of(connection), Value.of(connections));
            case Event.DisconnectEcho(String connection, int connections) ->
                say("socketDisconnectEcho", Value.of(connection), Value.of(connections));
            case Event.DirectMessageReceived(DirectNote note) -> say("directMessage", Results.note(note));
            case Event.DirectMessageEcho(String recipient, DirectNote note) ->
                say("directMessageEcho", Value.of(recipient), Results.note(note));
            case Event.SystemMessageReceived(Value message) -> say("systemMessage", message);
            case Event.LoginConfirmed(String user, Value.Obj data) -> say("loginConfirmed", Value.of(user), data);
            case Event.Custom(String name, List<Value> args) -> new Spoken(name, args);
            case Event.LoginRejected _ -> throw new IllegalArgumentException("errors have a format of their own");
        };
    }

    private static Spoken say(String name, Value... args) {
        return new Spoken(name, List.of(args));
    }
}

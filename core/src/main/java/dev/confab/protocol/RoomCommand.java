package dev.confab.protocol;

/**
 * A command about one room. All of them fail with {@code noRoom} where there is no such room.
 *
 * @param <R> what a successful reply holds
 */
public sealed interface RoomCommand<R> extends Command<R>
        permits RoomJoin,
                RoomLeave,
                RoomMessage,
                RoomRecentHistory,
                RoomHistoryGet,
                RoomHistoryInfo,
                RoomNotificationsInfo,
                RoomUserSeen,
                RoomGetAccessList,
                RoomGetOwner,
                RoomGetWhitelistMode,
                RoomAddToList,
                RoomRemoveFromList,
                RoomSetWhitelistMode,
                RoomCreate,
                RoomDelete {

    /**
     * The room's name.
     *
     * @return the name, as the asker gave it
     */
    String room();
}

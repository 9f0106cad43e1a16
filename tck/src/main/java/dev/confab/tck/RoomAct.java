package dev.confab.tck;

import dev.confab.protocol.Body;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.ListChange;
import dev.confab.spi.RoomStore.PageLimit;
import dev.confab.spi.Store;
import java.util.List;

/** Every act that names a room which must exist, with arguments that would do. Connection {@code ann-1} is Ann's. */
enum RoomAct {
    DELETE((store, room, guard) -> store.rooms().delete(room, guard)),
    VIEW((store, room, guard) -> store.rooms().view(room, guard)),
    APPEND((store, room, guard) -> store.rooms().append(room, guard, "ann", Body.text("hi"), null)),
    READ_AFTER((store, room, guard) -> store.rooms().readAfter(room, guard, 0, new PageLimit(9, 999))),
    READ_NEWEST((store, room, guard) -> store.rooms().readNewest(room, guard, new PageLimit(9, 999))),
    LIST((store, room, guard) -> store.rooms().list(room, guard, RoomList.USERLIST)),
    LISTS((store, room, _) -> store.rooms().lists(room, RoomList.WHITELIST, "ann")),
    MAY_JOIN((store, room, _) -> store.rooms().mayJoin(room, "ann")),
    CHANGE_LIST((store, room, guard) ->
            store.rooms().changeList(room, guard, new ListChange(RoomList.BLACKLIST, true, List.of("ann"), 9))),
    SET_WHITELIST_MODE((store, room, guard) -> store.rooms().setWhitelistMode(room, guard, true)),
    SEEN((store, room, guard) -> store.rooms().seen(room, guard, "ann")),
    SET_OWNER((store, room, _) -> store.rooms().setOwner(room, "ann")),
    SET_HISTORY_MAX_SIZE((store, room, _) -> store.rooms().setHistoryMaxSize(room, 1)),
    SET_UPDATES((store, room, _) -> store.rooms().setUpdates(room, true, true)),
    JOIN((store, room, guard) -> store.presence().join(room, guard, "ann", "ann-1")),
    LEAVE((store, room, _) -> store.presence().leave(room, "ann", "ann-1")),
    MEMBERS((store, room, _) -> store.presence().members(room));

    private final Act act;

    RoomAct(Act act) {
        this.act = act;
    }

    void run(Store store, String room, Guard guard) {
        act.run(store, room, guard);
    }

    /** Those that ask a guard. */
    boolean isGuarded() {
        return switch (this) {
            case DELETE, VIEW, APPEND, READ_AFTER, READ_NEWEST, LIST, CHANGE_LIST, SET_WHITELIST_MODE, SEEN, JOIN ->
                true;
            case LISTS, MAY_JOIN, SET_OWNER, SET_HISTORY_MAX_SIZE, SET_UPDATES, LEAVE, MEMBERS -> false;
        };
    }

    private interface Act {
        void run(Store store, String room, Guard guard);
    }
}

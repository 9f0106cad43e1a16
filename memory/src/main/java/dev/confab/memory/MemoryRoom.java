package dev.confab.memory;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import dev.confab.spi.AccessPolicy;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Leaving;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.RoomFacts;
import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.ListChange;
import dev.confab.spi.RoomStore.LogPage;
import dev.confab.spi.RoomStore.Once;
import dev.confab.spi.RoomStore.PageLimit;
import dev.confab.spi.RoomView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One room. Each act holds the room's lock from its guard to its announcement, which makes the order of announcements
 * the order of acts. Under it only the locks of {@link MemoryUsers}, {@link MemoryRooms}, {@link HistoryBudget} and
 * {@link RecentKeys} are taken, which in turn take none.
 */
final class MemoryRoom implements RoomFacts {

    private final Shared shared;
    private final String name;
    private final NameSet adminlist;
    private final NameSet whitelist;
    private final NameSet blacklist;
    private final Members members;
    private final RoomLog log;
    private @Nullable String owner;
    private boolean whitelistOnly;
    private boolean userlistUpdates;
    private boolean accessListsUpdates;
    private boolean deleted;
    private long latest;

    MemoryRoom(String name, String epoch, RoomSettings settings, Shared shared) {
        this.shared = shared;
        this.name = name;
        this.owner = settings.owner();
        this.adminlist = new NameSet(settings.adminlist());
        this.whitelist = new NameSet(settings.whitelist());
        this.blacklist = new NameSet(settings.blacklist());
        this.whitelistOnly = settings.whitelistOnly();
        this.userlistUpdates = Boolean.TRUE.equals(settings.enableUserlistUpdates());
        this.accessListsUpdates = Boolean.TRUE.equals(settings.enableAccessListsUpdates());
        this.members = new Members(shared.limits().absentUsersPerRoom());
        this.log = new RoomLog(
                epoch,
                Objects.requireNonNullElse(settings.historyMaxSize(), MemoryStore.DEFAULT_HISTORY_MAX_SIZE),
                shared.limits().historyBytesPerRoom(),
                shared.budget());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String owner() {
        return owner;
    }

    @Override
    public boolean whitelistOnly() {
        return whitelistOnly;
    }

    @Override
    public boolean lists(RoomList list, String user) {
        return list == RoomList.USERLIST
                ? members.hasUser(user)
                : editable(list).contains(user);
    }

    /** Lets an act begin: the room is there still, and the guard holds. */
    private void enter(Guard guard) {
        if (deleted) {
            throw new ChatException(ChatError.noRoom(name));
        }
        AccessPolicy.check(guard, this);
    }

    synchronized Appended append(Guard guard, @Nullable String author, Body body, @Nullable Once once) {
        enter(guard);
        Appended before = once == null ? null : shared.keys().find(this, author, once.key());
        if (before != null) {
            return before.again();
        }
        var message = new Message(log.lastId() + 1, author, now(), body);
        log.add(this, message);
        var appended = new Appended(head(), message.timestamp(), false);
        if (once != null) {
            shared.keys().add(this, author, once, appended);
        }
        shared.bell().posted(name, appended.position(), message);
        return appended;
    }

    synchronized void evict(LogEntry entry) {
        log.evict(entry);
    }

    synchronized LogPage readAfter(Guard guard, long after, PageLimit limit) {
        enter(guard);
        return log.after(after, limit);
    }

    synchronized LogPage readNewest(Guard guard, PageLimit limit) {
        enter(guard);
        return log.newest(limit);
    }

    synchronized RoomView view(Guard guard) {
        enter(guard);
        return new RoomView(
                owner, whitelistOnly, userlistUpdates, accessListsUpdates, log.size(), log.maxSize(), head());
    }

    synchronized List<String> list(Guard guard, RoomList list) {
        enter(guard);
        return list == RoomList.USERLIST ? members.users() : editable(list).toList();
    }

    synchronized boolean holds(RoomList list, String user) {
        enter(Guard.NONE);
        return lists(list, user);
    }

    synchronized boolean mayJoin(String user) {
        enter(Guard.NONE);
        return AccessPolicy.mayJoin(this, user);
    }

    synchronized Seen seen(Guard guard, String user) {
        enter(guard);
        return members.seen(user);
    }

    synchronized void setOwner(@Nullable String user) {
        enter(Guard.NONE);
        owner = user;
    }

    synchronized void setHistoryMaxSize(int messages) {
        enter(Guard.NONE);
        log.setMaxSize(messages);
    }

    synchronized void setUpdates(@Nullable Boolean userlist, @Nullable Boolean accessLists) {
        enter(Guard.NONE);
        userlistUpdates = Objects.requireNonNullElse(userlist, userlistUpdates);
        accessListsUpdates = Objects.requireNonNullElse(accessLists, accessListsUpdates);
    }

    synchronized void notify(Event event) {
        if (!deleted) {
            shared.bell().notified(name, event);
        }
    }

    synchronized List<Departure> changeList(Guard guard, ListChange change) {
        enter(guard);
        NameSet names = editable(change.list());
        if (change.add()) {
            names.add(change.list().listName(), change.names(), change.limit());
        } else {
            names.remove(change.names());
        }
        announce(
                change.add()
                        ? new Event.RoomAccessListAdded(name, change.list(), change.names())
                        : new Event.RoomAccessListRemoved(name, change.list(), change.names()));
        return endsAccess(change) ? expelUnlessAdmin(change.names()) : List.of();
    }

    synchronized List<Departure> setWhitelistMode(Guard guard, boolean mode) {
        enter(guard);
        whitelistOnly = mode;
        announce(new Event.RoomModeChanged(name, mode));
        if (!mode) {
            return List.of();
        }
        return expelUnlessAdmin(members.users().stream()
                .filter(user -> !whitelist.contains(user))
                .toList());
    }

    /** Ends the room for good; {@code removal} runs when the departures are announced. */
    synchronized List<Departure> delete(Guard guard, Runnable removal) {
        enter(guard);
        deleted = true;
        try {
            log.clear();
            shared.keys().forget(this);
            return expel(members.users());
        } finally {
            removal.run();
        }
    }

    synchronized Membership join(Guard guard, String user, String connection) {
        enter(guard);
        shared.users().addMembership(user, connection, name);
        Instant before = members.seen(user).timestamp();
        boolean isNew = !members.hasConnection(user, connection);
        if (isNew) {
            members.add(user, connection, now());
        }
        return new Membership(head(), log.firstId(), members.count(user), isNew, userlistUpdates, before);
    }

    synchronized void undoJoin(String user, String connection, Membership membership) {
        if (membership.isNew() && hasMember(membership.position().epoch(), user, connection)) {
            members.undo(user, connection);
            shared.users().removeMemberships(name, user, List.of(connection));
        }
    }

    synchronized boolean hasMember(String epoch, String user, String connection) {
        return !deleted && epoch.equals(log.epoch()) && members.hasConnection(user, connection);
    }

    synchronized Leaving leave(String user, String connection) {
        enter(Guard.NONE);
        Departure departure = end(user, List.of(connection));
        return new Leaving(departure != null, members.count(user), userlistUpdates);
    }

    /** Ends those memberships that there are; null where there was none. */
    synchronized @Nullable Departure end(String user, Collection<String> connections) {
        List<String> ended = connections.stream()
                .filter(connection -> members.hasConnection(user, connection))
                .toList();
        if (ended.isEmpty()) {
            return null;
        }
        ended.forEach(connection -> members.remove(user, connection, now()));
        shared.users().removeMemberships(name, user, ended);
        var departure = new Departure(user, ended);
        shared.bell().departed(name, List.of(departure));
        return departure;
    }

    synchronized Map<String, List<String>> members() {
        enter(Guard.NONE);
        return members.connections();
    }

    private void announce(Event event) {
        if (accessListsUpdates) {
            shared.bell().notified(name, event);
        }
    }

    private boolean endsAccess(ListChange change) {
        return switch (change.list()) {
            case BLACKLIST -> change.add();
            case WHITELIST -> !change.add() && whitelistOnly;
            case ADMINLIST, USERLIST -> false;
        };
    }

    private List<Departure> expelUnlessAdmin(List<String> users) {
        return expel(
                users.stream().filter(user -> !AccessPolicy.isAdmin(this, user)).toList());
    }

    private List<Departure> expel(List<String> users) {
        var departures = new ArrayList<Departure>();
        for (String user : users) {
            Departure departure = members.expel(user, now());
            if (departure != null) {
                departures.add(departure);
                shared.users().removeMemberships(name, user, departure.connections());
            }
        }
        shared.bell().departed(name, departures);
        return List.copyOf(departures);
    }

    private NameSet editable(RoomList list) {
        return switch (list) {
            case ADMINLIST -> adminlist;
            case WHITELIST -> whitelist;
            case BLACKLIST -> blacklist;
            case USERLIST -> throw new IllegalArgumentException("nobody can edit the userlist");
        };
    }

    private Position head() {
        return new Position(log.epoch(), log.lastId());
    }

    /** The time to the millisecond, which never runs backwards within a room. */
    private Instant now() {
        latest = Math.max(latest, shared.clock().millis());
        return Instant.ofEpochMilli(latest);
    }
}

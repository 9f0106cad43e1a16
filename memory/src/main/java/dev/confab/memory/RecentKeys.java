package dev.confab.memory;

import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.Once;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was appended under which key lately, in all rooms. A key is forgotten when its time is over, when its author has
 * used enough newer ones in the same room, or when all keys weigh too much and it is the oldest of them.
 *
 * <p>Its lock is taken under the lock of a room, and takes none. The room's lock makes one act of finding no key and
 * adding it.
 */
final class RecentKeys {

    /** What a key takes beside its text: its entry among its author's and among all, what was appended, two places. */
    static final int OVERHEAD = 256;

    /** What an author in a room takes beside the name. */
    static final int AUTHOR_OVERHEAD = 384;

    private final Clock clock;
    private final long limit;
    private final Map<MemoryRoom, Map<@Nullable String, Author>> rooms = new HashMap<>();

    /** All keys, the oldest first. */
    private final LinkedHashSet<Key> keys = new LinkedHashSet<>();

    private long total;

    RecentKeys(Clock clock, long limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** What an author has appended to a room under a key, if that is remembered. */
    synchronized @Nullable Appended find(MemoryRoom room, @Nullable String author, String key) {
        Key found = get(room, author, key);
        return found == null || isOver(found) ? null : found.appended;
    }

    /** Remembers a key that was not found, and forgets what has to make way for it. */
    synchronized void add(MemoryRoom room, @Nullable String name, Once once, Appended appended) {
        forget();
        Key before = get(room, name, once.key());
        if (before != null) {
            remove(before);
        }
        Author author = rooms.computeIfAbsent(room, _ -> new HashMap<>()).computeIfAbsent(name, this::newAuthor);
        var key = new Key(room, author, once, appended);
        author.keys.putLast(once.key(), key);
        keys.add(key);
        total += key.weight();
        while (author.keys.size() > once.newest()) {
            remove(author.keys.firstEntry().getValue());
        }
        while (total > limit) {
            remove(keys.getFirst());
        }
    }

    /** Forgets the keys whose time is over. */
    synchronized void forget() {
        while (!keys.isEmpty() && isOver(keys.getFirst())) {
            remove(keys.getFirst());
        }
    }

    /** Forgets all keys of a room. */
    synchronized void forget(MemoryRoom room) {
        Map<@Nullable String, Author> authors = rooms.remove(room);
        if (authors != null) {
            for (Author author : authors.values()) {
                author.keys.values().forEach(this::release);
                total -= author.weight();
            }
        }
    }

    synchronized long total() {
        return total;
    }

    private @Nullable Key get(MemoryRoom room, @Nullable String author, String key) {
        Map<@Nullable String, Author> authors = rooms.get(room);
        Author found = authors == null ? null : authors.get(author);
        return found == null ? null : found.keys.get(key);
    }

    private boolean isOver(Key key) {
        return clock.millis() - key.appended.timestamp().toEpochMilli() >= key.time;
    }

    private Author newAuthor(@Nullable String name) {
        var author = new Author(name);
        total += author.weight();
        return author;
    }

    private void remove(Key key) {
        release(key);
        Author author = key.author;
        author.keys.remove(key.text);
        if (!author.keys.isEmpty()) {
            return;
        }
        total -= author.weight();
        Map<@Nullable String, Author> authors = rooms.get(key.room);
        if (authors != null) {
            authors.remove(author.name);
            if (authors.isEmpty()) {
                rooms.remove(key.room);
            }
        }
    }

    private void release(Key key) {
        keys.remove(key);
        total -= key.weight();
    }

    /** An author in a room, with the keys that are remembered, the oldest first. */
    private static final class Author {
        final @Nullable String name;
        final LinkedHashMap<String, Key> keys = new LinkedHashMap<>(4);

        Author(@Nullable String name) {
            this.name = name;
        }

        long weight() {
            return AUTHOR_OVERHEAD + (name == null ? 0 : 2L * name.length());
        }
    }

    private static final class Key {
        final MemoryRoom room;
        final Author author;
        final String text;
        final long time;
        final Appended appended;

        Key(MemoryRoom room, Author author, Once once, Appended appended) {
            this.room = room;
            this.author = author;
            this.text = once.key();
            this.time = TimeUnit.MILLISECONDS.convert(once.time());
            this.appended = appended;
        }

        long weight() {
            return OVERHEAD + 2L * text.length();
        }
    }
}

package dev.confab.chatservice;

import dev.confab.protocol.DirectNote;
import dev.confab.protocol.Done;
import dev.confab.protocol.HistoryInfo;
import dev.confab.protocol.Joined;
import dev.confab.protocol.Message;
import dev.confab.protocol.NotificationsInfo;
import dev.confab.protocol.Position;
import dev.confab.protocol.Posted;
import dev.confab.protocol.Replay;
import dev.confab.protocol.Seen;
import dev.confab.protocol.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results of commands, and the records in them, as the contract spells them. */
final class Results {

    private Results() {}

    static Value spell(@Nullable Object result) {
        return switch (result) {
            case null -> Value.NULL;
            case Value value -> value;
            case Done _ -> Value.NULL;
            case Boolean truth -> Value.of(truth.booleanValue());
            case Integer number -> Value.of(number.longValue());
            case String text -> Value.of(text);
            case Joined joined -> Value.of(joined.connections());
            case Posted posted -> Value.of(posted.id());
            case Message message -> message(message);
            case DirectNote note -> note(note);
            case HistoryInfo info -> info(info);
            case NotificationsInfo info -> info(info);
            case Seen seen -> seen(seen);
            case Optional<?> optional -> spell(optional.orElse(null));
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> throw new IllegalArgumentException("no spelling for " + result.getClass());
        };
    }

    /** The client's fields, then {@code author}, {@code timestamp}, {@code id}. */
    static Value message(Message message) {
        var fields = copyOf(message.body().fields());
        if (message.author() != null) {
            fields.put("author", Value.of(message.author()));
        }
        return fields.put("timestamp", millis(message.timestamp()))
                .put("id", Value.of(message.id()))
                .build();
    }

    /** The client's fields, then {@code timestamp}, {@code author}. */
    static Value note(DirectNote note) {
        var fields = copyOf(note.body().fields()).put("timestamp", millis(note.timestamp()));
        if (note.author() != null) {
            fields.put("author", Value.of(note.author()));
        }
        return fields.build();
    }

    /** What a join has brought: the position it began at, and how far the client has come with it. */
    static Value replay(Position position, Replay replay) {
        return Value.Obj.builder()
                .put("epoch", Value.of(position.epoch()))
                .put("firstMessageId", Value.of(replay.firstMessageId()))
                .put("lastMessageId", Value.of(position.id()))
                .put("recovered", Value.of(replay.recovered()))
                .put("missed", Value.of(replay.missed()))
                .build();
    }

    static Value position(Position position) {
        return Value.Obj.builder()
                .put("epoch", Value.of(position.epoch()))
                .put("id", Value.of(position.id()))
                .build();
    }

    private static Value info(HistoryInfo info) {
        return Value.Obj.builder()
                .put("historySize", Value.of(info.historySize()))
                .put("historyMaxSize", Value.of(info.historyMaxSize()))
                .put("historyMaxGetMessages", Value.of(info.historyMaxGetMessages()))
                .put("lastMessageId", Value.of(info.lastMessageId()))
                .build();
    }

    private static Value info(NotificationsInfo info) {
        return Value.Obj.builder()
                .put("enableUserlistUpdates", Value.of(info.enableUserlistUpdates()))
                .put("enableAccessListsUpdates", Value.of(info.enableAccessListsUpdates()))
                .build();
    }

    private static Value seen(Seen seen) {
        Instant timestamp = seen.timestamp();
        return Value.Obj.builder()
                .put("joined", Value.of(seen.joined()))
                .put("timestamp", timestamp == null ? Value.NULL : millis(timestamp))
                .build();
    }

    private static Value list(List<?> list) {
        var items = new ArrayList<Value>(list.size());
        list.forEach(item -> items.add(spell(item)));
        return new Value.Arr(items);
    }

    private static Value map(Map<?, ?> map) {
        var object = Value.Obj.builder();
        map.forEach((name, value) -> object.put(String.valueOf(name), spell(value)));
        return object.build();
    }

    private static Value.Obj.Builder copyOf(Value.Obj fields) {
        var copy = Value.Obj.builder();
        for (int i = 0; i < fields.size(); i++) {
            copy.put(fields.name(i), fields.value(i));
        }
        return copy;
    }

    private static Value millis(Instant instant) {
        return Value.of(instant.toEpochMilli());
    }
}

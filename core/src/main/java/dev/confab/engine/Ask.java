package dev.confab.engine;

import dev.confab.Call;
import dev.confab.Confab;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Command;
import dev.confab.protocol.Value;
import dev.confab.spi.Guard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A command on its way, with who asks and what is to happen when it is answered. For one thread at a time. */
final class Ask<C extends Command<?>> implements Call<C> {

    private final Confab chat;
    private final Asker asker;
    private final List<Value> rest;
    private final Map<String, Object> notes = new HashMap<>(0);
    private C command;
    private @Nullable Arrival arrival;

    Ask(Confab chat, Asker asker, C command, List<Value> rest) {
        this.chat = chat;
        this.asker = asker;
        this.command = command;
        this.rest = rest;
    }

    /** The user who asks, which most commands need. */
    String requireUser() {
        if (asker.user() == null) {
            throw new ChatException(ChatError.noUser(""));
        }
        return asker.user();
    }

    /** What must hold in the room, unless permissions are ignored. */
    Guard guard(Function<String, Guard> needed) {
        return asker.bypassesPermissions() ? Guard.NONE : needed.apply(requireUser());
    }

    void replace(C other) {
        command = other;
    }

    /** The member that goes live when this command is answered. */
    void arrives(Arrival member) {
        arrival = member;
    }

    @Nullable
    Arrival arrival() {
        return arrival;
    }

    Asker asker() {
        return asker;
    }

    /** The connection that doesn't hear its own echoes: the one whose client asks. */
    @Nullable
    String echoless() {
        return asker.isServerSide() ? null : asker.connection();
    }

    @Override
    public Confab chat() {
        return chat;
    }

    @Override
    public C command() {
        return command;
    }

    @Override
    public Optional<String> user() {
        return Optional.ofNullable(asker.user());
    }

    @Override
    public Optional<String> connection() {
        return Optional.ofNullable(asker.connection());
    }

    @Override
    public List<Value> rest() {
        return rest;
    }

    @Override
    public boolean isServerSide() {
        return asker.isServerSide();
    }

    @Override
    public boolean bypassesPermissions() {
        return asker.bypassesPermissions();
    }

    @Override
    public Map<String, Object> notes() {
        return notes;
    }
}

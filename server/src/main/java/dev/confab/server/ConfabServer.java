package dev.confab.server;

import dev.confab.Confab;
import dev.confab.ConfabBuilder;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Plain;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Gatherers;

/** A whole server as {@code confab serve} runs it: the in-process store, the web door with the page, open login. */
public final class ConfabServer implements AutoCloseable {

    /** Few enough to be created within the deadline that each hook has. */
    private static final int ROOMS_AT_ONCE = 1000;

    private final Confab chat;

    private ConfabServer(Confab chat) {
        this.chat = chat;
    }

    /**
     * Starts a server.
     *
     * @param settings how
     * @return the running server
     * @throws IOException where it can't listen where it should
     * @throws IllegalStateException where a room of the settings can't be created
     */
    public static ConfabServer start(Settings settings) throws IOException {
        return start(settings, UnaryOperator.identity());
    }

    static ConfabServer start(Settings settings, UnaryOperator<ConfabBuilder> addition) throws IOException {
        var builder = addition.apply(Confab.builder()
                .store(settings.store())
                .door(settings.door())
                .options(settings.chatOptions())
                .login(new OpenLogin()));
        settings.get(Options.ROOMS).stream()
                .gather(Gatherers.windowFixed(ROOMS_AT_ONCE))
                .forEach(rooms -> builder.onStart(chat -> rooms.forEach(room -> create(chat, room))));
        return new ConfabServer(builder.start());
    }

    private static void create(Confab chat, NewRoom room) {
        try {
            chat.rooms().create(room.name(), room.settings());
        } catch (ChatException refused) {
            throw new ChatException(
                    ChatError.of("room " + Plain.quoted(room.name()) + " can't be created: " + refused.getMessage()));
        }
    }

    /**
     * The chat.
     *
     * @return what runs inside
     */
    public Confab chat() {
        return chat;
    }

    /** Closes the server, as {@link Confab#close} says. */
    @Override
    public void close() {
        chat.close();
    }
}

package dev.confab.engine;

import dev.confab.Actor;
import dev.confab.protocol.Command;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;
import java.util.List;

/** Gives commands in the server's name. */
record ServerActor(Desk desk, Asker asker) implements Actor {

    @Override
    public Actor on(String connection) {
        return new ServerActor(desk, asker.on(connection));
    }

    @Override
    public Actor bypassingPermissions() {
        return new ServerActor(desk, asker.bypassingPermissions());
    }

    @Override
    public Actor bypassingHooks() {
        return new ServerActor(desk, asker.bypassingHooks());
    }

    @Override
    public <R> Outcome<R> call(Command<R> command, Value... rest) {
        return desk.call(asker, command, List.of(rest));
    }
}

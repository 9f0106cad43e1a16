package dev.confab.engine;

import dev.confab.ChatOptions;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.DirectAddToList;
import dev.confab.protocol.DirectGetAccessList;
import dev.confab.protocol.DirectGetWhitelistMode;
import dev.confab.protocol.DirectList;
import dev.confab.protocol.DirectMessage;
import dev.confab.protocol.DirectNote;
import dev.confab.protocol.DirectRemoveFromList;
import dev.confab.protocol.DirectSetWhitelistMode;
import dev.confab.protocol.Done;
import dev.confab.protocol.Event;
import dev.confab.protocol.ListOwnConnections;
import dev.confab.protocol.SystemMessage;
import dev.confab.protocol.UserCommand;
import dev.confab.protocol.Value;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.UserStore;
import dev.confab.spi.UserStore.ListChange;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Commands about the user who asks, and between two users. */
final class UserDesk {

    private final UserStore users;
    private final PresenceStore presence;
    private final ChatOptions options;
    private final Clock clock;

    UserDesk(UserStore users, PresenceStore presence, ChatOptions options, Clock clock) {
        this.users = users;
        this.presence = presence;
        this.options = options;
        this.clock = clock;
    }

    Object run(Ask<?> ask, UserCommand<?> command) {
        return switch (command) {
            case DirectMessage(String recipient, Body body) -> send(ask, recipient, body);
            case DirectAddToList(String list, List<String> names) -> change(ask, list, names, true);
            case DirectRemoveFromList(String list, List<String> names) -> change(ask, list, names, false);
            case DirectGetAccessList(String list) -> users.list(ask.requireUser(), known(list));
            case DirectGetWhitelistMode() -> users.whitelistOnly(ask.requireUser());
            case DirectSetWhitelistMode(boolean whitelistOnly) -> setMode(ask, whitelistOnly);
            case ListOwnConnections() -> presence.connections(ask.requireUser());
            case SystemMessage(Value message) -> tell(ask, message);
        };
    }

    private DirectNote send(Ask<?> ask, String recipient, Body body) {
        require(options.enableDirectMessages() || ask.bypassesPermissions(), ChatError.notAllowed());
        require(users.exists(recipient), ChatError.noUser(recipient));
        require(mayWrite(ask, recipient), ChatError.notAllowed());
        require(presence.isOnline(recipient), ChatError.noUserOnline(recipient));
        String author = ask.asker().user();
        var note = new DirectNote(author, clock.instant().truncatedTo(ChronoUnit.MILLIS), body.withoutReserved());
        presence.tell(recipient, new Event.DirectMessageReceived(note), null);
        if (author != null) {
            presence.tell(
                    author,
                    new Event.DirectMessageEcho(recipient, note),
                    ask.asker().connection());
        }
        return note;
    }

    private boolean mayWrite(Ask<?> ask, String recipient) {
        return ask.bypassesPermissions() || users.takesDirect(recipient, ask.requireUser());
    }

    private Done change(Ask<?> ask, String list, List<String> names, boolean add) {
        String user = ask.requireUser();
        DirectList known = known(list);
        require(!names.contains(user), ChatError.notAllowed());
        users.changeList(user, new ListChange(known, add, names, options.directListSizeLimit()));
        return Done.DONE;
    }

    private Done setMode(Ask<?> ask, boolean whitelistOnly) {
        users.setWhitelistMode(ask.requireUser(), whitelistOnly);
        return Done.DONE;
    }

    private Done tell(Ask<?> ask, Value message) {
        presence.tell(
                ask.requireUser(),
                new Event.SystemMessageReceived(message),
                ask.asker().connection());
        return Done.DONE;
    }

    private static DirectList known(String list) {
        return DirectList.named(list).orElseThrow(() -> new ChatException(ChatError.noList(list)));
    }

    private static void require(boolean held, ChatError otherwise) {
        if (!held) {
            throw new ChatException(otherwise);
        }
    }
}

package dev.confab.server;

import dev.confab.ChatOptions;
import dev.confab.RoomSettings;
import dev.confab.protocol.Plain;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What options must be together. */
final class CrossChecks {

    static final List<Function<Settings, Optional<Unfit>>> ALL =
            List.of(CrossChecks::openLogin, CrossChecks::heartbeat, CrossChecks::roomLists, CrossChecks::rooms);

    private CrossChecks() {}

    private static Optional<Unfit> openLogin(Settings settings) {
        if (settings.get(Options.INSECURE_OPEN_LOGIN) || isLoopback(settings.get(DoorTable.HOST.option()))) {
            return Optional.empty();
        }
        Node host = settings.node(DoorTable.HOST.option());
        return Optional.of(Unfit.value(
                        host,
                        "a loopback address, and login is open: any machine that gets here could take any name. Keep to"
                                + " 127.0.0.1, or allow it with " + Options.INSECURE_OPEN_LOGIN.flag())
                .about(DoorTable.HOST.option().name()));
    }

    /** A host that can't be resolved can't be opened to others either; the start says so. */
    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private static Optional<Unfit> heartbeat(Settings settings) {
        ChatOptions chat = settings.chatOptions();
        if (chat.heartbeatTimeout().compareTo(chat.heartbeatRate()) > 0) {
            return Optional.empty();
        }
        Option<?> timeout = Options.byKey("heartbeatTimeout").orElseThrow();
        return Optional.of(Unfit.value(
                        settings.node(timeout),
                        "more than heartbeatRate, "
                                + Units.DURATION.show(chat.heartbeatRate().toMillis()))
                .about(timeout.name()));
    }

    private static Optional<Unfit> roomLists(Settings settings) {
        int limit = settings.chatOptions().roomListSizeLimit();
        return settings.get(Options.ROOMS).stream()
                .filter(room -> longestList(room.settings()) > limit)
                .findFirst()
                .map(room -> Unfit.because(
                                settings.node(Options.ROOMS),
                                "a list of room " + Plain.quoted(room.name()) + " holds more than roomListSizeLimit, "
                                        + limit + " names")
                        .about(Options.ROOMS.name()));
    }

    private static Optional<Unfit> rooms(Settings settings) {
        int most = settings.get(MemoryTable.MAX_ROOMS.option());
        return settings.get(Options.ROOMS).size() <= most
                ? Optional.empty()
                : Optional.of(Unfit.because(
                                settings.node(Options.ROOMS), "these are more rooms than maxRooms allows, " + most)
                        .about(Options.ROOMS.name()));
    }

    private static int longestList(RoomSettings room) {
        return Stream.of(room.adminlist(), room.whitelist(), room.blacklist())
                .mapToInt(java.util.Set::size)
                .max()
                .orElse(0);
    }
}

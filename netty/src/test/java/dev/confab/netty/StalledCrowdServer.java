package dev.confab.netty;

import dev.confab.Confab;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.Statistics;
import dev.confab.memory.MemoryStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A server in a process of its own, so that its memory can be small. Says its port, and then, whenever it is sent a line,
 * what it has counted: how many fell behind, pages read, caught up and closed. Ends with its input.
 */
public final class StalledCrowdServer {

    private StalledCrowdServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws Exception {
        SocketIoDoor door = SocketIoDoor.builder()
                .port(0)
                .pingInterval(Duration.ofMinutes(10))
                .stuckTimeout(Duration.ofMinutes(10))
                .build();
        try (Confab chat = Confab.builder()
                        .store(MemoryStore.create())
                        .door(door)
                        .login(hello -> Login.as(hello.query("user")))
                        .start();
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            chat.rooms().create("default", RoomSettings.DEFAULT);
            System.out.println(door.addresses().getFirst());
            while (lines.readLine() != null) {
                Statistics counted = chat.statistics();
                System.out.println(counted.fellBehind() + " " + counted.pagesRead() + " " + counted.caughtUp() + " "
                        + counted.closed().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
            }
        }
    }
}

package dev.confab.netty;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.memory.MemoryStore;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * The server of {@link ChurnTest}, in a process of its own so that what it holds is its own. It prints its address, and for
 * each line that it reads what it holds: connections with a user, rooms, and after a collection the bytes on the heap and
 * beside it, and the open files.
 */
public final class ChurnServer {

    /** What visitors call the rooms that they create: this, and a number below {@link #ROOMS}. */
    static final String ROOM = "of-one-visit-";

    static final int ROOMS = 2_000;

    private ChurnServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws Exception {
        SocketIoDoor door = SocketIoDoor.builder()
                .port(0)
                .eventLoops(2)
                .pingInterval(Duration.ofSeconds(5))
                .pingTimeout(Duration.ofSeconds(5))
                .build();
        try (Confab chat = Confab.builder()
                        .store(MemoryStore.create())
                        .door(door)
                        .options(ChatOptions.builder()
                                .enableRoomsManagement(true)
                                .historyMaxSize(100)
                                .build())
                        .login(hello -> Login.as(hello.query("user")))
                        .start();
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            chat.rooms().create("default", RoomSettings.DEFAULT);
            System.out.println(door.addresses().getFirst());
            while (lines.readLine() != null) {
                System.out.println(chat.connections().users().size() + " " + rooms(chat) + " " + heap() + " "
                        + besideTheHeap() + " " + openFiles());
            }
        }
    }

    private static long rooms(Confab chat) {
        return IntStream.range(0, ROOMS)
                        .filter(number -> chat.rooms().exists(ROOM + number))
                        .count()
                + (chat.rooms().exists("default") ? 1 : 0);
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static long besideTheHeap() {
        long pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return pools + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}

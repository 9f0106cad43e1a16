package dev.confab.netty;

import io.netty.channel.socket.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts network connections, in all and by address, and keeps out those that are too many. */
final class Admittance {

    private final int max;
    private final int maxPerAddress;
    private final RareLog log = new RareLog();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    Admittance(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** Counts a connection until it closes, unless there are too many already. */
    boolean admit(SocketChannel channel) {
        String address =
                maxPerAddress == 0 ? "" : channel.remoteAddress().getAddress().getHostAddress();
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            log.warn("refused a connection: there are " + max);
            return false;
        }
        if (maxPerAddress > 0 && byAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            release(address);
            log.warn("refused a connection: " + address + " has " + maxPerAddress);
            return false;
        }
        channel.closeFuture().addListener(_ -> release(address));
        return true;
    }

    private void release(String address) {
        count.decrementAndGet();
        if (maxPerAddress > 0) {
            byAddress.computeIfPresent(address, (_, had) -> had == 1 ? null : had - 1);
        }
    }
}

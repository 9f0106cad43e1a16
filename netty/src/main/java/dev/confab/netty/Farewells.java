package dev.confab.netty;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is left to say to polling clients that had no poll waiting when their sessions ended: each of them may poll once
 * more, for a short while. For use by any number of threads.
 */
final class Farewells {

    private final int max;
    private final Map<String, Words> kept = new HashMap<>();
    private int news;

    /**
     * Nothing yet.
     *
     * @param max how many are kept at most
     */
    Farewells(int max) {
        this.max = max;
    }

    /**
     * The last words of a session.
     *
     * @param packets what is left to say
     * @param form how the client takes it
     * @param isNews whether the client can't do without
     */
    record Words(List<EncodedPacket> packets, WireForm form, boolean isNews) {}

    /** Keeps the words of a session; false where there is no room. */
    synchronized boolean keep(String sid, Words words) {
        if (kept.size() >= max || kept.putIfAbsent(sid, words) != null) {
            return false;
        }
        if (words.isNews()) {
            news++;
        }
        return true;
    }

    /**
     * Answers a request for a session that is no more. A poll gets what is kept; what a client posts before that finds
     * nobody to read it, like a frame behind the close of a WebSocket.
     *
     * @return false where nothing is kept
     */
    synchronized boolean answer(String sid, HttpExchange exchange, boolean isPost) {
        Words words = kept.get(sid);
        if (words == null) {
            return false;
        }
        if (isPost) {
            exchange.ok();
        } else {
            exchange.payload(EngineIoPayload.encode(words.packets(), words.form()));
            forget(sid);
        }
        return true;
    }

    /** Waits no longer for a client. */
    synchronized void forget(String sid) {
        Words words = kept.remove(sid);
        if (words != null && words.isNews() && --news == 0) {
            notifyAll();
        }
    }

    /** Waits until every client that has news to fetch has done so. */
    synchronized void awaitFetched(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); news > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}

package dev.confab.bench;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a soak does.
 *
 * @param address the server
 * @param dialects how the members speak, in turn; not empty
 * @param from the addresses they come from, in turn; empty lets the system choose
 * @param members how many are there to listen
 * @param publishers how many are there besides, who speak too
 * @param rooms how many rooms there are
 * @param rate how many messages per second all publishers together try to say
 * @param size about how many bytes the text of a message has
 * @param length how long everybody does as they like
 * @param patience how long something that has to happen may take
 * @param loops how many threads serve the connections
 * @param user what the users' names begin with
 * @param seed what all choices are drawn from
 */
record SoakPlan(
        Address address,
        List<Dialect> dialects,
        List<InetAddress> from,
        int members,
        int publishers,
        int rooms,
        double rate,
        int size,
        Duration length,
        Duration patience,
        int loops,
        String user,
        long seed) {

    SoakPlan {
        dialects = List.copyOf(dialects);
        from = List.copyOf(from);
        if (user.contains(" ")) {
            throw new UnclearException("names of users in a soak have no spaces, unlike \"" + user + "\"");
        }
    }
}

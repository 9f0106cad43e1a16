package dev.confab;

import dev.confab.protocol.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a client since it connected: data for a login hook, sent by the client and not to be trusted.
 *
 * @param query the parameters of the URL, decoded; of a repeated one the last
 * @param headers the HTTP headers, by names in lower case
 * @param auth what the client sent to log in, where its protocol has such a thing; otherwise an empty object
 * @param address the client's network address as the transport sees it, without the port; empty where there is none
 * @param transport the door's word for the way the client came: {@code websocket}, {@code polling}
 */
public record Handshake(
        Map<String, String> query, Map<String, List<String>> headers, Value auth, String address, String transport) {

    /** A handshake that says nothing. */
    public static final Handshake EMPTY = new Handshake(Map.of(), Map.of(), Value.Obj.EMPTY, "", "");

    /** Copies the maps, with the names of headers in lower case. */
    public Handshake {
        query = Map.copyOf(query);
        headers = lowered(headers);
    }

    /**
     * A parameter of the URL.
     *
     * @param name its name
     * @return its value, or nothing where it was absent
     */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value, or nothing where it was absent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * A string field of what the client sent to log in.
     *
     * @param name its name
     * @return its value, or nothing where there is no such string
     */
    public Optional<String> auth(String name) {
        return auth instanceof Value.Obj fields && fields.get(name) instanceof Value.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Map<String, List<String>> lowered(Map<String, List<String>> headers) {
        var lowered = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return Map.copyOf(lowered);
    }
}

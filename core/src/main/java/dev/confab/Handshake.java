package dev.confab;

import dev.confab.protocol.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client since it connected: data for a login hook, sent by the client and not to be trusted. It is kept
 * as long as the connection lasts, in little space, and spelled out each time it is asked for. Equal to another one that
 * says the same. Any thread.
 */
public final class Handshake {

    /** A handshake that says nothing. */
    public static final Handshake EMPTY = new Handshake(Map.of(), Map.of(), Value.Obj.EMPTY, "", "");

    private final PackedFields query;
    private final PackedFields headers;
    private final Value auth;
    private final String address;
    private final String transport;

    /**
     * Says what is known of a client.
     *
     * @param query the parameters of the URL, decoded; of a repeated one the last
     * @param headers the HTTP headers that say something of the client, by names in any case
     * @param auth what the client sent to log in, where its protocol has such a thing; otherwise an empty object
     * @param address the client's network address as the transport sees it, without the port; empty where there is none
     * @param transport the door's word for the way the client came: {@code websocket}, {@code polling}
     */
    public Handshake(
            Map<String, String> query,
            Map<String, List<String>> headers,
            Value auth,
            String address,
            String transport) {
        this(packed(query), PackedFields.of(lowered(headers)), auth, address, transport);
    }

    private Handshake(PackedFields query, PackedFields headers, Value auth, String address, String transport) {
        this.query = query;
        this.headers = headers;
        this.auth = Objects.requireNonNull(auth);
        this.address = Objects.requireNonNull(address);
        this.transport = Objects.requireNonNull(transport);
    }

    private static PackedFields packed(Map<String, String> query) {
        var lists = new TreeMap<String, List<String>>();
        query.forEach((name, value) -> lists.put(name, List.of(value)));
        return PackedFields.of(lists);
    }

    private static Map<String, List<String>> lowered(Map<String, List<String>> headers) {
        var lowered = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), values));
        return lowered;
    }

    /**
     * The same with something else to log in.
     *
     * @param other what the client sent to log in
     * @return a handshake
     */
    public Handshake withAuth(Value other) {
        return new Handshake(query, headers, other, address, transport);
    }

    /**
     * The same with other parameters of the URL.
     *
     * @param other the parameters, decoded
     * @return a handshake
     */
    public Handshake withQuery(Map<String, String> other) {
        return new Handshake(packed(other), headers, auth, address, transport);
    }

    /**
     * The parameters of the URL.
     *
     * @return values by names; can't be changed
     */
    public Map<String, String> query() {
        var first = new TreeMap<String, String>();
        query.unpack().forEach((name, values) -> first.put(name, values.getFirst()));
        return Map.copyOf(first);
    }

    /**
     * A parameter of the URL.
     *
     * @param name its name
     * @return its value, or nothing where it was absent
     */
    public Optional<String> query(String name) {
        return first(query, name);
    }

    /**
     * The HTTP headers, without those that only opened a WebSocket.
     *
     * @return values by names in lower case; can't be changed
     */
    public Map<String, List<String>> headers() {
        return headers.unpack();
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value, or nothing where it was absent
     */
    public Optional<String> header(String name) {
        return first(headers, name.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> first(PackedFields fields, String name) {
        return fields.unpack().getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * What the client sent to log in, where its protocol has such a thing.
     *
     * @return any value; otherwise an empty object
     */
    public Value auth() {
        return auth;
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

    /**
     * The client's network address as the transport sees it, without the port.
     *
     * @return an address; empty where there is none
     */
    public String address() {
        return address;
    }

    /**
     * The door's word for the way the client came.
     *
     * @return {@code websocket} or {@code polling}, say
     */
    public String transport() {
        return transport;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Handshake that
                && query.equals(that.query)
                && headers.equals(that.headers)
                && auth.equals(that.auth)
                && address.equals(that.address)
                && transport.equals(that.transport);
    }

    @Override
    public int hashCode() {
        return Objects.hash(query, headers, auth, address, transport);
    }

    /** The way and the address; not what the client sent, which may be secret. */
    @Override
    public String toString() {
        return "Handshake[" + transport + " from " + address + "]";
    }
}

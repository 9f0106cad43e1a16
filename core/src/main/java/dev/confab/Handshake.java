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

    /** The address, the transport, the query, the headers; both in the order of their names. */
    private final byte[] packed;

    private final Value auth;

    /** The query, where it is another one than the packed; so that two handshakes of one connection share the headers. */
    private final byte @Nullable [] otherQuery;

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
        this(packed(address, transport, query, headers), auth, null);
    }

    private Handshake(byte[] packed, Value auth, byte @Nullable [] otherQuery) {
        this.packed = packed;
        this.auth = Objects.requireNonNull(auth);
        this.otherQuery = otherQuery;
    }

    private static byte[] packed(
            String address, String transport, Map<String, String> query, Map<String, List<String>> headers) {
        var lowered = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), values));
        return new Packed.Writer()
                .text(address)
                .text(transport)
                .fields(lists(query))
                .fields(lowered)
                .bytes();
    }

    private static Map<String, List<String>> lists(Map<String, String> query) {
        var lists = new TreeMap<String, List<String>>();
        query.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }

    /**
     * The same with something else to log in.
     *
     * @param other what the client sent to log in
     * @return a handshake
     */
    public Handshake withAuth(Value other) {
        return new Handshake(packed, other, otherQuery);
    }

    /**
     * The same with other parameters of the URL.
     *
     * @param other the parameters, decoded
     * @return a handshake
     */
    public Handshake withQuery(Map<String, String> other) {
        return new Handshake(
                packed, auth, new Packed.Writer().fields(lists(other)).bytes());
    }

    /**
     * The parameters of the URL.
     *
     * @return values by names; can't be changed
     */
    public Map<String, String> query() {
        var first = new TreeMap<String, String>();
        queryFields().forEach((name, values) -> first.put(name, values.getFirst()));
        return Map.copyOf(first);
    }

    /**
     * A parameter of the URL.
     *
     * @param name its name
     * @return its value, or nothing where it was absent
     */
    public Optional<String> query(String name) {
        return first(queryFields(), name);
    }

    /**
     * The HTTP headers, without those that only opened a WebSocket.
     *
     * @return values by names in lower case; can't be changed
     */
    public Map<String, List<String>> headers() {
        Packed.Reader in = behindTransport();
        in.fields();
        return in.fields();
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value, or nothing where it was absent
     */
    public Optional<String> header(String name) {
        return first(headers(), name.toLowerCase(Locale.ROOT));
    }

    private Map<String, List<String>> queryFields() {
        return (otherQuery == null ? behindTransport() : new Packed.Reader(otherQuery)).fields();
    }

    private Packed.Reader behindTransport() {
        var in = new Packed.Reader(packed);
        in.text();
        in.text();
        return in;
    }

    private static Optional<String> first(Map<String, List<String>> fields, String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
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
        return new Packed.Reader(packed).text();
    }

    /**
     * The door's word for the way the client came.
     *
     * @return {@code websocket} or {@code polling}, say
     */
    public String transport() {
        var in = new Packed.Reader(packed);
        in.text();
        return in.text();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Handshake that
                && address().equals(that.address())
                && transport().equals(that.transport())
                && query().equals(that.query())
                && headers().equals(that.headers())
                && auth.equals(that.auth);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address(), transport(), query(), headers(), auth);
    }

    /** The way and the address; not what the client sent, which may be secret. */
    @Override
    public String toString() {
        return "Handshake[" + transport() + " from " + address() + "]";
    }
}

package dev.confab.bench;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A Socket.IO packet of a server.
 *
 * @param type its type, as its digit
 * @param namespace where it belongs
 * @param id which request it answers; -1 where it answers none
 * @param data its JSON; a missing node where there is none
 */
record Packet(char type, String namespace, int id, JsonNode data) {

    static final char CONNECT = '0';
    static final char DISCONNECT = '1';
    static final char EVENT = '2';
    static final char ACK = '3';
    static final char ERROR = '4';

    static final JsonMapper JSON = new JsonMapper();

    private static final int LONGEST_ID = 9;

    /** Reads a packet from the text of an Engine.IO message; nothing where it is none. */
    static @Nullable Packet parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        int at = 1;
        String namespace = "/";
        if (text.startsWith("/", at)) {
            int end = text.indexOf(',', at);
            namespace = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
        }
        int digits = at;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits - at > LONGEST_ID) {
            return null;
        }
        try {
            int id = digits == at ? -1 : Integer.parseInt(text, at, digits, 10);
            JsonNode data = digits == text.length() ? MissingNode.getInstance() : JSON.readTree(text.substring(digits));
            return new Packet(text.charAt(0), withoutQuery(namespace), id, data);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Older servers repeat the query of the request. */
    private static String withoutQuery(String namespace) {
        int query = namespace.indexOf('?');
        return query < 0 ? namespace : namespace.substring(0, query);
    }

    /** What a server means by an error: a text, or an object with a code and arguments. */
    static String words(JsonNode error) {
        if (error.isString()) {
            return error.stringValue();
        }
        return error.path("message").isString() ? error.path("message").stringValue() : error.toString();
    }
}

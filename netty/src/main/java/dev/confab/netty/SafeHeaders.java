package dev.confab.netty;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What keeps a browser from making more of a reply than it is. A page that may do more says so in headers of its own. */
final class SafeHeaders {

    private static final List<Map.Entry<String, String>> ALL = List.of(
            Map.entry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            Map.entry("Referrer-Policy", "no-referrer"),
            Map.entry("X-Content-Type-Options", "nosniff"));

    /** The headers as they stand in a reply. */
    static final String LINES = ALL.stream()
            .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
            .collect(Collectors.joining());

    private SafeHeaders() {}

    /** Adds those that a reply doesn't have. */
    static void complete(HttpHeaders headers) {
        for (Map.Entry<String, String> header : ALL) {
            if (!headers.contains(header.getKey())) {
                headers.set(header.getKey(), header.getValue());
            }
        }
    }
}

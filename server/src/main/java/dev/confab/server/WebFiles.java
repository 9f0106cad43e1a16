package dev.confab.server;

import dev.confab.ChatOptions;
import dev.confab.netty.HttpContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the server hands out beside the chat, by path: the page, and the client library as socket.io's own server has
 * it. Nothing else can be asked for, whatever a path looks like.
 */
final class WebFiles implements HttpContent {

    /** The version of the client library. */
    static final String CLIENT_VERSION = "4.8.4";

    /** The files of the page beside {@code index.html}. */
    static final List<String> PAGE = List.of(
            "address.js",
            "chat.js",
            "connection.js",
            "conversation.js",
            "details.js",
            "dom.js",
            "door.css",
            "entry-view.js",
            "errors.js",
            "hearing.js",
            "icon.svg",
            "log-view.js",
            "log.js",
            "main.js",
            "narrow.css",
            "notices-view.js",
            "outbox.js",
            "people-view.js",
            "people.css",
            "places-view.js",
            "places.css",
            "reader.js",
            "remember.js",
            "signal.js",
            "style.css",
            "talk-view.js",
            "talk.css",
            "text.js",
            "theme.css",
            "timeline.js",
            "tint.js",
            "transcript.css");

    private static final String CLIENT = "client/socket.io.min.js";

    /** Browsers ask each time whether they have the newest. */
    private static final String ASK = "no-cache";

    /** Browsers need never ask: another content has another address. */
    private static final String KEEP = "public, max-age=31536000, immutable";

    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private final Map<String, Resource> files;

    private WebFiles(Map<String, Resource> files) {
        this.files = Map.copyOf(files);
    }

    /**
     * Loads everything.
     *
     * @param namespace where the page finds the chat
     * @param options of the chat, which say how long the page may repeat a message
     * @return all there is
     */
    static WebFiles load(String namespace, ChatOptions options) {
        var files = new HashMap<String, Resource>();
        for (String name : PAGE) {
            files.put("/" + name, file(name, bytes("page/" + name), ASK));
        }
        String page = new String(bytes("page/index.html"), StandardCharsets.UTF_8);
        page = telling(page, "confab-namespace", namespace);
        page = telling(
                page,
                "confab-message-key-time",
                Long.toString(options.messageKeyTime().toMillis()));
        page = telling(page, "confab-message-keys-per-user", Integer.toString(options.messageKeysPerUser()));
        files.put("/", file("index.html", page.getBytes(StandardCharsets.UTF_8), ASK));
        byte[] client = bytes(CLIENT);
        files.put("/socket.io/socket.io.js", file(CLIENT, client, ASK));
        files.put("/socket.io/" + CLIENT_VERSION + "/socket.io.js", file(CLIENT, client, KEEP));
        return new WebFiles(files);
    }

    @Override
    public Optional<Resource> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static Resource file(String name, byte[] content, String caching) {
        var headers = new HashMap<>(SECURITY);
        headers.put("Content-Type", type(name));
        headers.put("Cache-Control", caching);
        headers.put("ETag", tag(content));
        return new Resource(content, headers);
    }

    private static byte[] bytes(String name) {
        try (var in = Objects.requireNonNull(WebFiles.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("of what type is " + name + "?");
        };
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page with a value of the server's own. */
    private static String telling(String page, String name, String value) {
        String beginning = "<meta name=\"" + name + "\" content=\"";
        int from = page.indexOf(beginning) + beginning.length();
        return page.substring(0, from) + escaped(value) + page.substring(page.indexOf('"', from));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}

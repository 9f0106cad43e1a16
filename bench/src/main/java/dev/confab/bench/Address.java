package dev.confab.bench;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a server is.
 *
 * @param host a name or an IP address
 * @param port its port
 * @param namespace the Socket.IO namespace, with its slash
 */
record Address(String host, int port, String namespace) {

    static final String DEFAULT = "http://127.0.0.1:8000/chat-service";

    private static final String NAMESPACE = "/chat-service";
    private static final int HTTP_PORT = 80;

    /**
     * Reads an address.
     *
     * @param text such as {@code http://127.0.0.1:8000} or {@code http://127.0.0.1:8000/chat-service}
     * @throws UnclearException where it is none
     */
    static Address parse(String text) {
        URI uri = uri(text);
        if (!"http".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || uri.getUserInfo() != null) {
            throw unclear(text);
        }
        String path = uri.getPath();
        return new Address(
                uri.getHost(),
                uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                path.isEmpty() || path.equals("/") ? NAMESPACE : path);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw unclear(text);
        }
    }

    private static UnclearException unclear(String text) {
        return new UnclearException("\"" + text + "\" is no address such as http://127.0.0.1:8000 or " + DEFAULT);
    }

    @Override
    public String toString() {
        return "http://" + host + ":" + port + namespace;
    }
}

package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ConfabServer server;
    private static URI address;

    @BeforeAll
    static void start() throws IOException {
        server = ConfabServer.start(Settings.read(Map.of(), "--port=0"));
        address = server.chat().addresses().getFirst();
    }

    @AfterAll
    static void stop() {
        server.close();
        HTTP.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, no-cache",
        "/main.js, text/javascript; charset=utf-8, no-cache",
        "/style.css, text/css; charset=utf-8, no-cache",
        "/icon.svg, image/svg+xml, no-cache",
        "/socket.io/socket.io.js, text/javascript; charset=utf-8, no-cache",
        "/socket.io/4.8.4/socket.io.js, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
    })
    void filesComeWithTheirTypeTheirTagAndHowLongToKeepThem(String path, String type, String caching) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo(type);
        assertThat(header(response, "cache-control")).isEqualTo(caching);
        assertThat(header(response, "etag")).matches("\"[0-9a-f]{32}\"");
        assertThat(response.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/main.js", "/socket.io/socket.io.js"})
    void everyFileComesWithStrictSecurityHeaders(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(header(response, "content-security-policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                        + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(response, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(response, "cross-origin-opener-policy")).isEqualTo("same-origin");
    }

    @Test
    void aFileThatABrowserHasAlreadyIsNotSentAgain() throws Exception {
        String tag = header(get("/main.js"), "etag");

        HttpResponse<String> response =
                HTTP.send(request("/main.js").header("If-None-Match", tag).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "etag")).isEqualTo(tag);
    }

    @Test
    void aHeadRequestGetsTheHeadersOnly() throws Exception {
        HttpResponse<String> response = HTTP.send(request("/").HEAD().build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(header(response, "content-length")))
                .isEqualTo(get("/").body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void filesCanOnlyBeFetched() throws Exception {
        HttpResponse<String> response =
                HTTP.send(request("/").POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing-here",
                "/index.html/",
                "/../page/main.js",
                "/page/../../Main.class",
                "/%2e%2e/version.txt",
                "/..%2fversion.txt",
                "//main.js",
                "/main.js%00",
                "/META-INF/MANIFEST.MF",
            })
    void whatIsNotOnTheListIsNotFoundWhateverThePathLooksLike(String path) throws Exception {
        assertThat(statusLine(path)).isEqualTo("HTTP/1.1 404 Not Found");
    }

    @Test
    void aQueryDoesNotChangeWhichFileItIs() throws Exception {
        assertThat(get("/?user=ann").statusCode()).isEqualTo(200);
        assertThat(get("/main.js?v=1").statusCode()).isEqualTo(200);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Asks without a client that would tidy the path up. */
    private static String statusLine(String path) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return response.lines().findFirst().orElse("");
        }
    }
}

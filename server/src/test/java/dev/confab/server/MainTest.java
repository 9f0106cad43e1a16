package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryFlagWithItsDefaultAndRange() {
        assertThat(run("serve", "--help")).isZero();

        for (Option<?> option : Options.ALL) {
            assertThat(said(out)).contains(option.flag());
        }
        String text = said(out).replaceAll("\\s+", " ");
        assertThat(text)
                .contains(
                        "The port to listen on; 0 takes any that is free. Is a whole number from 0 to 65535. Default: 8000");
        assertThat(said(err)).isEmpty();
    }

    @Test
    void theProgramExplainsItselfAndItsVersion() {
        assertThat(run("--help")).isZero();
        assertThat(said(out)).contains("serve", "--version");
        out.reset();

        assertThat(run("--version")).isZero();
        assertThat(said(out)).matches("confab \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void theLauncherKnowsTheVersionWithoutBuilding() throws Exception {
        assertThat(run("--version")).isZero();
        Process launcher = new ProcessBuilder("../confab", "--version")
                .redirectErrorStream(true)
                .start();
        try (var output = launcher.inputReader()) {
            assertThat(output.readAllAsString()).isEqualTo(said(out));
        }
        assertThat(launcher.waitFor()).isZero();
    }

    @Test
    void whatIsUnclearEndsWithCodeTwoAndOneLineOnStandardError() {
        assertUnclear("confab: unknown option \"--prot\" (flag); did you mean --port?", "serve", "--prot=1");
        assertUnclear(
                "confab: option port (flag --port): \"x\" is not a whole number from 0 to 65535", "serve", "--port=x");
        assertUnclear("confab: unexpected argument \"serv\"; confab --help tells more", "serv");
        assertUnclear("confab: what to do? confab serve starts a server, confab --help tells more");
    }

    @Test
    void aPortInUseEndsWithCodeOneAndOneLine() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("serve", "--port=" + other.getLocalPort())).isEqualTo(1);

            assertThat(said(err).lines())
                    .filteredOn(line -> line.startsWith("confab: "))
                    .containsExactly("confab: 127.0.0.1:" + other.getLocalPort()
                            + " is in use; choose another port with --port");
            assertThat(said(err)).doesNotContain("\tat ");
        }
    }

    @Test
    void aHostThatDoesNotExistEndsWithCodeOneAndOneLine() {
        assertThat(run("serve", "--port=0", "--host=no-such-host.invalid")).isEqualTo(1);

        assertThat(said(err)).isEqualTo("confab: no such host: no-such-host.invalid" + System.lineSeparator());
    }

    @Test
    void exitCodesReachTheShellWithoutStackTraces() throws Exception {
        try (var process = ConfabProcess.start(Main.class, "serve", "--port=x")) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.output()).isEmpty();
            assertThat(process.log())
                    .containsExactly("confab: option port (flag --port): \"x\" is not a whole number from 0 to 65535");
        }
        try (var first = ConfabProcess.serve()) {
            String port = "--port=" + first.address().getPort();
            try (var second = ConfabProcess.start(Main.class, "serve", port)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output()).isEmpty();
                assertThat(second.log()).hasSize(1);
            }
        }
    }

    private void assertUnclear(String line, String... args) {
        err.reset();
        assertThat(run(args)).isEqualTo(2);
        assertThat(said(err)).isEqualTo(line + System.lineSeparator());
        assertThat(said(out)).isEmpty();
    }

    private int run(String... args) {
        return new Main(printing(out), printing(err), Map.of(), UnaryOperator.identity()).run(args);
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String said(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

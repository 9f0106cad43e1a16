package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    private static final List<InetAddress> MACHINE =
            List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7"));

    @Test
    void allAddressesOfVersionFourAreSpelledOutTheNearestFirst() {
        assertThat(reach("http://0.0.0.0:8000"))
                .isEqualTo(new Reach(urls("http://127.0.0.1:8000", "http://192.0.2.7:8000"), true, false));
    }

    @Test
    void allAddressesOfVersionSixAreThoseOfVersionFourToo() {
        assertThat(reach("http://[::]:8000"))
                .isEqualTo(new Reach(
                        urls("http://127.0.0.1:8000", "http://192.0.2.7:8000", "http://[2001:db8:0:0:0:0:0:7]:8000"),
                        true,
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost:8000"})
    void aLoopbackAddressIsForThisMachineOnly(String address) {
        assertThat(reach(address)).isEqualTo(new Reach(urls(address), false, true));
    }

    @Test
    void anAddressOfItsOwnStandsForItself() {
        assertThat(reach("http://192.0.2.7:80")).isEqualTo(new Reach(urls("http://192.0.2.7:80"), false, false));
    }

    @Test
    void whatThisMachineTellsCanBeWrittenIntoAddresses() {
        assertThat(Reach.of(URI.create("http://[::]:8000"), Reach.machine()).urls())
                .allMatch(url -> url.getHost() != null && url.getPort() == 8000);
    }

    private static Reach reach(String listening) {
        return Reach.of(URI.create(listening), MACHINE);
    }

    private static List<URI> urls(String... urls) {
        return List.of(urls).stream().map(URI::create).toList();
    }
}

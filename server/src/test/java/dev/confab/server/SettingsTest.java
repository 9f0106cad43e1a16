package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.RateLimit;
import dev.confab.RoomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void withoutAnythingSetTheServerSuitsADeveloper() {
        Settings settings = Settings.read(Map.of());

        assertThat(settings.get(DoorTable.HOST.option())).isEqualTo("127.0.0.1");
        assertThat(settings.get(DoorTable.PORT.option())).isEqualTo(8000);
        assertThat(settings.get(Options.ROOMS)).containsExactly(NewRoom.plain("default"));
        assertThat(settings.chatOptions().enableDirectMessages()).isTrue();
        assertThat(settings.chatOptions().enableUserlistUpdates()).isTrue();
        assertThat(settings.chatOptions().enableRoomsManagement()).isFalse();
        assertThat(settings.chatOptions().anyObject()).isFalse();
    }

    @Test
    void aFileBeatsDefaultsTheEnvironmentBeatsTheFileAndFlagsBeatAll() throws IOException {
        String config = "--config=" + file("port: 1\nhistoryMaxSize: 1\nhistoryMaxGetMessages: 1\n");
        var environment = Map.of("CONFAB_PORT", "2", "CONFAB_HISTORY_MAX_SIZE", "2");

        Settings settings = Settings.read(environment, config, "--port=3");

        assertThat(settings.get(DoorTable.PORT.option())).isEqualTo(3);
        assertThat(settings.chatOptions().historyMaxSize()).isEqualTo(2);
        assertThat(settings.chatOptions().historyMaxGetMessages()).isEqualTo(1);
        assertThat(settings.chatOptions().roomListSizeLimit()).isEqualTo(10_000);
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        var environment = Map.of("CONFAB_CONFIG", file("port: 1").toString());

        assertThat(Settings.read(environment).get(DoorTable.PORT.option())).isEqualTo(1);
    }

    @Test
    void everyOptionIsReadFromEachPlace() throws IOException {
        for (Option<?> option : Options.ALL) {
            if (!option.equals(Options.CONFIG)) {
                String value = shownFallback(option);
                Path file = file(option.name() + ": \"" + value + "\"");
                assertThat(Settings.read(Map.of(), "--config=" + file).get(option))
                        .isEqualTo(option.fallback());
                assertThat(Settings.read(Map.of(), option.flag() + "=" + value).get(option))
                        .isEqualTo(option.fallback());
                assertThat(Settings.read(Map.of(option.variable(), value)).get(option))
                        .isEqualTo(option.fallback());
            }
        }
    }

    @Test
    void everyBadValueNamesItsOptionItsPlaceAndWhatIsAllowed() throws IOException {
        for (Option<?> option : Options.ALL) {
            String bad = "no:such{value}";
            if (accepts(option, bad)) {
                continue;
            }
            String allowed = allowedParts(option);
            Path file = file("\n" + option.name() + ": \"" + bad + "\"");
            assertThatThrownBy(() -> Settings.read(Map.of(), "--config=" + file))
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContainingAll("option " + option.name(), "(" + file + ":2)", bad, allowed);
            assertThatThrownBy(() -> Settings.read(Map.of(), option.flag() + "=" + bad))
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContainingAll("option " + option.name(), "(flag " + option.flag() + ")", bad, allowed);
            assertThatThrownBy(() -> Settings.read(Map.of(option.variable(), bad)))
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContainingAll(
                            "option " + option.name(),
                            "(environment variable " + option.variable() + ")",
                            bad,
                            allowed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536",
        "port, -1",
        "port, 8e3",
        "port, ''",
        "host, ''",
        "closeTimeout, 601s",
        "closeTimeout, 1y",
        "closeTimeout, -1",
        "closeTimeout, 999999999999999999d",
        "historyMaxGetBytes, 0",
        "historyMaxGetBytes, 1TB",
        "historyMaxGetBytes, 1GiB",
        "enableDirectMessages, yes",
        "messageFormat, TEXT",
        "logLevel, loud",
        "lockTTL, 0",
    })
    void valuesOutOfRangeAreRefused(String name, String value) {
        Option<?> option = Options.byKey(name).orElseThrow();

        assertThatThrownBy(() -> Settings.read(Map.of(option.variable(), value)))
                .isInstanceOf(BadSettings.class)
                .hasMessage("option " + name + " (environment variable " + option.variable() + "): \"" + value
                        + "\" is not " + option.kind().allowed());
    }

    @ParameterizedTest
    @CsvSource({"25s, 25000", "500ms, 500", "10m, 600000", "1500, 1500", "0, 0", "2 s, 2000"})
    void durationsHaveUnitsAndPlainNumbersAreMilliseconds(String written, long millis) {
        Settings settings = Settings.read(Map.of(), "--close-timeout=" + written);

        assertThat(settings.chatOptions().closeTimeout()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1MB, 1000000", "256KiB, 262144", "4096, 4096", "1KB, 1000", "2MiB, 2097152", "7B, 7"})
    void sizesHaveUnitsAndPlainNumbersAreBytes(String written, int bytes) {
        Settings settings = Settings.read(Map.of(), "--history-max-get-bytes=" + written);

        assertThat(settings.chatOptions().historyMaxGetBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"none, 0, 0", "20, 20, 20", "20:100, 20, 100", "100:20, 100, 20", "1000000000:1, 1000000000, 1"})
    void ratesAreForEachSecondAndBehindAColonAtOnce(String written, int perSecond, int burst) throws IOException {
        var expected = new RateLimit(perSecond, burst);
        Path file = file("userMessages: " + written + "\n");

        assertThat(Settings.read(Map.of(), "--user-messages=" + written)
                        .chatOptions()
                        .userMessages())
                .isEqualTo(expected);
        assertThat(Settings.read(Map.of("CONFAB_USER_MESSAGES", written))
                        .chatOptions()
                        .userMessages())
                .isEqualTo(expected);
        assertThat(Settings.read(Map.of(), "--config=" + file).chatOptions().userMessages())
                .isEqualTo(expected);
    }

    @Test
    void ratesOfBytesAreSizes() {
        assertThat(Settings.read(Map.of(), "--connection-bytes=64KiB:1MiB")
                        .chatOptions()
                        .connectionBytes())
                .isEqualTo(RateLimit.of(65_536, 1_048_576));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "20:0", "20:", ":20", "1:2:3", "1 : 2", "fast", "", "1000000001", "20/100", "1KiB"})
    void whatIsNoRateIsRefused(String written) {
        assertThatThrownBy(() -> Settings.read(Map.of(), "--user-commands=" + written))
                .isInstanceOf(BadSettings.class)
                .hasMessage("option userCommands (flag --user-commands): \"" + written
                        + "\" is not none, a whole number from 1 to 1000000000, or two of them such as 20:100");
    }

    @Test
    void aSwitchNeedsNoValueAsAFlag() {
        assertThat(Settings.read(Map.of(), "--insecure-open-login").get(Options.INSECURE_OPEN_LOGIN))
                .isTrue();
        assertThat(Settings.read(Map.of(), "--enable-direct-messages=false")
                        .chatOptions()
                        .enableDirectMessages())
                .isFalse();
    }

    @Test
    void flagsMayBeSpelledAsInFiles() {
        assertThat(Settings.read(Map.of(), "--closeTimeout", "3s").chatOptions().closeTimeout())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void unknownOptionsNameThemselvesAndTheirPlace() throws IOException {
        Path file = file("port: 1\nhistoryMaxSise: 3\n");

        assertProblems(
                "unknown option \"historyMaxSise\" (" + file + ":2); did you mean historyMaxSize?", "--config=" + file);
        assertProblems("unknown option \"--prot\" (flag); did you mean --port?", "--prot=8000");
        assertProblems(
                "unknown option \"--nothing-like-it\" (flag); confab serve --help lists all", "--nothing-like-it");
        assertThatThrownBy(() -> Settings.read(Map.of("CONFAB_PROT", "1")))
                .hasMessage("unknown option \"CONFAB_PROT\" (environment variable); did you mean CONFAB_PORT?");
    }

    @Test
    void whatAnUnknownOptionHoldsIsNotRepeated() throws IOException {
        Path file = file("password: swordfish1");

        assertThatThrownBy(() -> Settings.read(Map.of("CONFAB_TOKEN", "swordfish2"), "--config=" + file))
                .hasMessageContainingAll("password", "CONFAB_TOKEN")
                .hasMessageNotContaining("swordfish");
        assertThatThrownBy(() -> Settings.read(Map.of(), "--password=swordfish3", "--secret", "swordfish4"))
                .hasMessageContaining("--password")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void allProblemsAreToldAtOnce() throws IOException {
        Path file = file("port: x\ncolour: red\n");

        assertThatThrownBy(() -> Settings.read(Map.of("CONFAB_HISTORY_MAX_SIZE", "many"), "--config=" + file))
                .isInstanceOfSatisfying(
                        BadSettings.class, bad -> assertThat(bad.problems()).hasSize(3));
    }

    @Test
    void aFlagGivenTwiceOrWithoutValueOrStrayWordsAreRefused() {
        assertProblems("option port (flag --port): it is given twice", "--port=1", "--port=2");
        assertProblems("option port (flag --port): its value is missing", "--port");
        assertProblems("unexpected argument \"lobby\"; confab --help tells more", "lobby");
    }

    @Test
    void whatKubernetesAddsToTheEnvironmentIsNoOption() {
        var environment = Map.of(
                "CONFAB_PORT", "tcp://10.0.0.7:8000",
                "CONFAB_SERVICE_HOST", "10.0.0.7",
                "CONFAB_SERVICE_PORT", "8000",
                "CONFAB_PORT_8000_TCP_ADDR", "10.0.0.7");

        assertThat(Settings.read(environment).get(DoorTable.PORT.option())).isEqualTo(8000);
    }

    @Test
    void aFileThatIsMissingOrNoYamlOrNoSettingsIsRefused() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertProblems("can't read the settings file " + missing + ": there is no such file", "--config=" + missing);
        assertProblems("can't read the settings file " + folder + ": Is a directory", "--config=" + folder);
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'h', 'o', 's', 't', ':', ' ', (byte) 0xE4});
        assertProblems("can't read the settings file " + latin + ": it is no text in UTF-8", "--config=" + latin);
        Path torn = file("port: 1\nrooms: [a\nhost: b\n");
        assertThatThrownBy(() -> Settings.read(Map.of(), "--config=" + torn))
                .hasMessageStartingWith(torn + ":3: not YAML: ");
        Path list = file("- port");
        assertProblems(list + ":1: a settings file holds lines such as \"port: 8000\"", "--config=" + list);
        Path two = file("port: 1\n---\nport: 2\n");
        assertProblems(two + ":3: a settings file holds one document only", "--config=" + two);
        Path alias = file("rooms: &all [a]\nhost: *all\n");
        assertProblems(alias + ":2: aliases (*all) are not for settings", "--config=" + alias);
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        assertThat(Settings.read(Map.of(), "--config=" + file("# nothing yet\n"))
                        .get(DoorTable.PORT.option()))
                .isEqualTo(8000);
    }

    @Test
    void aKeyGivenTwiceIsRefusedAtAnyDepth() throws IOException {
        Path top = file("port: 1\nhost: localhost\nport: 2\n");
        assertProblems(top + ":3: \"port\" is there twice, first in " + top + ":1", "--config=" + top);
        Path room = file("rooms:\n  - name: a\n    owner: ann\n    owner: ben\n");
        assertProblems(room + ":4: \"owner\" is there twice, first in " + room + ":3", "--config=" + room);
    }

    @Test
    void chatServicesNestedNamesAreUnderstoodButNotTwice() throws IOException {
        Path file = file("stateOptions:\n  lockTTL: 7s\n");
        assertThat(Settings.read(Map.of(), "--config=" + file).chatOptions().lockLease())
                .isEqualTo(Duration.ofSeconds(7));
        Path twice = file("lockTTL: 1s\nstateOptions:\n  lockTTL: 7s\n");
        assertProblems(
                "option stateOptions.lockTTL (" + twice + ":3): it is set under another name already, in " + twice
                        + ":1",
                "--config=" + twice);
        Path unknown = file("stateOptions:\n  lockTll: 7s\n");
        assertThatThrownBy(() -> Settings.read(Map.of(), "--config=" + unknown))
                .hasMessageStartingWith("unknown option \"stateOptions.lockTll\" (" + unknown + ":2)");
    }

    @Test
    void aFileCantNameAnotherFile() throws IOException {
        Path file = file("config: other.yaml");

        assertProblems("option config (" + file + ":1): a settings file can't name another one", "--config=" + file);
    }

    @Test
    void aDeadNodeIsNotToBeFoundBeforeItsNextHeartbeat() {
        assertProblems(
                "option heartbeatTimeout (flag --heartbeat-timeout): \"10s\" is not more than heartbeatRate, 10s",
                "--heartbeat-timeout=10s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void withOpenLoginOnlyLoopbackAddressesAreListenedOn(String host) {
        assertThatThrownBy(() -> Settings.read(Map.of(), "--host", host))
                .isInstanceOf(BadSettings.class)
                .hasMessageContainingAll("option host (flag --host)", "login is open", "--insecure-open-login");
        assertThat(Settings.read(Map.of(), "--host", host, "--insecure-open-login")
                        .get(DoorTable.HOST.option()))
                .isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void loopbackAddressesAreFineWithOpenLogin(String host) {
        assertThat(Settings.read(Map.of(), "--host", host).get(DoorTable.HOST.option()))
                .isEqualTo(host);
    }

    @Test
    void roomsAreNamesAndRanges() {
        assertThat(rooms("lobby, r[8-11],x[00-01]y[1-2],a[b]"))
                .containsExactly("lobby", "r8", "r9", "r10", "r11", "x00y1", "x00y2", "x01y1", "x01y2", "a[b]");
        assertThat(rooms("r[0-999]")).hasSize(1000);
        assertThat(rooms("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "r[9-1]; the range [9-1] runs backwards",
                "a,a; room \"a\" is there twice",
                "r[1-3],r2; room \"r2\" is there twice",
                "r[0-100000]; more than 100000 rooms at start are too many",
                "r[0-999][0-999]; more than 100000 rooms at start are too many",
                "r[0-99999],s; more than 100000 rooms at start are too many",
                "a:b; \"a:b\" is not a room's name",
                "a,,b; \"\" is not a room's name",
            })
    void roomsThatCantBeAreRefused(String rooms, String reason) {
        assertThatThrownBy(() -> rooms(rooms))
                .isInstanceOf(BadSettings.class)
                .hasMessageStartingWith("option rooms (flag --rooms): " + reason);
    }

    @Test
    void aFileDescribesRooms() throws IOException {
        Path file = file("""
                rooms:
                  - lobby
                  - r[1-2]
                  - "a, b"
                  - name: staff
                    owner: ann
                    adminlist: [ben]
                    whitelist: [cid, dan]
                    blacklist: eve,fay
                    whitelistOnly: true
                    historyMaxSize: 5
                    enableUserlistUpdates: false
                    enableAccessListsUpdates: true
                """);

        List<NewRoom> rooms = Settings.read(Map.of(), "--config=" + file).get(Options.ROOMS);

        assertThat(rooms).extracting(NewRoom::name).containsExactly("lobby", "r1", "r2", "a, b", "staff");
        assertThat(rooms.getLast().settings())
                .isEqualTo(new RoomSettings(
                        "ann", Set.of("ben"), Set.of("cid", "dan"), Set.of("eve", "fay"), true, 5, false, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{owner: ann}; option rooms (%s:2): a room needs a name",
                "{name: a, colour: red}; option rooms (%s:2): a room has no key \"colour\", only name, owner, ",
                "{name: a, historyMaxSize: -1}; option rooms.historyMaxSize (%s:2): \"-1\" is not a whole number from 0 ",
                "{name: a, owner: 'x:y'}; option rooms.owner (%s:2): \"x:y\" is not a user's name",
                "{name: a, whitelist: {x: 1}}; option rooms.whitelist (%s:2): a set of keys is not a list",
                "{name: [a]}; option rooms.name (%s:2): a list is not a room's name",
                "[a]; option rooms (%s:2): a list is not a list of rooms, each",
            })
    void badRoomsInAFileNameTheirLine(String room, String problem) throws IOException {
        Path file = file("rooms:\n  - " + room + "\n");

        assertThatThrownBy(() -> Settings.read(Map.of(), "--config=" + file))
                .isInstanceOf(BadSettings.class)
                .hasMessageStartingWith(problem.formatted(file));
    }

    @Test
    void aRoomsListsKeepToTheLimit() throws IOException {
        Path file = file("rooms:\n  - {name: a, whitelist: [x, y]}\n");

        assertThatThrownBy(() -> Settings.read(Map.of(), "--config=" + file, "--room-list-size-limit=1"))
                .hasMessage("option rooms (" + file
                        + ":2): a list of room \"a\" holds more than roomListSizeLimit, 1 names");
    }

    private static List<String> rooms(String written) {
        return Settings.read(Map.of(), "--rooms=" + written).get(Options.ROOMS).stream()
                .map(NewRoom::name)
                .toList();
    }

    /** What is allowed; of a list, what its parts may be. */
    private static String allowedParts(Option<?> option) {
        String allowed = option.kind().allowed();
        return option.equals(Options.ROOMS) ? "a room's name" : allowed.replaceFirst("^.*each part of it ", "");
    }

    private static <T> String shownFallback(Option<T> option) {
        return option.kind().show(option.fallback());
    }

    private static boolean accepts(Option<?> option, String text) {
        try {
            option.read(new Node.Text("test", text));
            return true;
        } catch (Unfit e) {
            return false;
        }
    }

    private static void assertProblems(String problem, String... flags) {
        assertThatThrownBy(() -> Settings.read(Map.of(), flags))
                .isInstanceOf(BadSettings.class)
                .hasMessage(problem);
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("confab.yaml"), yaml);
    }
}

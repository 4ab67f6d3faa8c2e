package teleapi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line and the three places where a setting can come from. */
final class ConfigurationTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, String... arguments) {
        PrintWriter lines = new PrintWriter(out);
        PrintWriter errors = new PrintWriter(err);
        Check check = new Check(InputStream.nullInputStream(), lines, errors, false);
        return Main.run(List.of(arguments), environment, check, lines, errors);
    }

    private void oneClearLine() {
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("teleapi: "), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void flagBeatsEnvironmentBeatsFile(@TempDir Path folder) throws IOException {
        // CONTRACT 1
        Path file = Files.writeString(
                folder.resolve("c.conf"), "data = file\nhttp = \"127.0.0.1:1\"\nsip = \"127.0.0.1:2\"\n");
        Map<String, String> environment = Map.of("TELEAPI_HTTP", "127.0.0.1:3", "TELEAPI_SIP", "127.0.0.1:4");
        assertEquals(
                0, run(environment, "serve", "--config", file.toString(), "--sip", "127.0.0.1:5", "--print-config"));
        assertTrue(out.toString().contains("data = \"file\""), out.toString());
        assertTrue(out.toString().contains("http = \"127.0.0.1:3\""));
        assertTrue(out.toString().contains("sip = \"127.0.0.1:5\""));
        assertTrue(out.toString().contains("rtp-ports = \"20000-29999\""));
    }

    @Test
    void whatIsPrintedHasNoSecrets() {
        // CONTRACT 1: --print-config shows what is in force, without secrets
        Map<String, String> environment = Map.of(
                "TELEAPI_ACCOUNT_SID", "AC" + "0".repeat(32),
                "TELEAPI_AUTH_TOKEN", "very-secret-1",
                "TELEAPI_DATABASE", "jdbc:postgresql://h/db?user=u&password=very-secret-2",
                "TELEAPI_TRUNK", "sip:user:very-secret-3@carrier.example");
        assertEquals(0, run(environment, "serve", "--print-config"), err.toString());
        assertFalse(out.toString().contains("very-secret"), out.toString());
        assertTrue(out.toString().contains("carrier.example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--http | nonsense",
                "--http | 127.0.0.1:70000",
                "--sip | 0.0.0.0:5060",
                "--public-address | two words",
                "--public-address | 10.0.0.1:5060",
                "--rtp-ports | 30000-20000",
                "--rtp-ports | 1-2",
                "--database | jdbc:mysql://a/b",
                "--trunk | http://a/",
                "--drain | soon",
                "--public-url | voice.example.com",
                "--public-url | ftp://voice.example.com",
                "--public-url | https://user@voice.example.com",
                "--public-url | https://voice.example.com/?a=b",
                "--keep-recordings | 0",
                "--keep-recordings | for ever",
                "--speech | festival",
                "--recogniser | siri",
                "--codecs | G729",
                "--config | /does/not/exist",
                "--nonsense | x"
            })
    void aBadValueIsOneLineAndStatus2(String flag, String value) {
        // CONTRACT 1: one clear line on stderr that says what to do, exit status 2
        assertEquals(2, run(Map.of(), "serve", flag, value, "--print-config"));
        oneClearLine();
        assertTrue(err.toString().contains(flag.equals("--config") ? value : flag), err.toString());
    }

    @Test
    void anUnknownKeyStopsTheStart(@TempDir Path folder) throws IOException {
        // CONTRACT 1: an unknown key stops the start
        Path file = Files.writeString(folder.resolve("c.conf"), "prot = 5\n");
        assertEquals(2, run(Map.of(), "serve", "--config", file.toString(), "--print-config"));
        oneClearLine();
        assertTrue(err.toString().contains("prot"));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1", "sip.example", "2001:db8::1"})
    void aPublicAddressIsAnAddressOrAName(String address) {
        // CONTRACT 1: --public-address stands in SDP, Contact and Via
        assertEquals(0, run(Map.of(), "serve", "--public-address", address, "--print-config"), err.toString());
    }

    @Test
    void theHelpNamesEveryCommand() {
        // CONTRACT 1: demo, serve, check, phone
        assertEquals(0, run(Map.of(), "--help"));
        for (String command : List.of("demo", "serve", "check", "phone")) {
            assertTrue(out.toString().lines().anyMatch(line -> line.strip().startsWith(command + " ")), command);
        }
    }

    @Test
    void theHelpOfServeIsTheManual() {
        // CONTRACT 1: serve --help is the manual: every flag with its variable and its default
        assertEquals(0, run(Map.of(), "serve", "--help"));
        for (Setting setting : Setting.values()) {
            assertTrue(out.toString().contains(setting.environment()), setting.name());
            assertTrue(out.toString().contains(setting.called()), setting.name());
        }
    }
}

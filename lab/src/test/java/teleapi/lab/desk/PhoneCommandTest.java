package teleapi.lab.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneSettings;
import teleapi.media.dtmf.ToneMeter;
import teleapi.media.sound.Resampler;
import teleapi.media.sound.WavFile;
import teleapi.runtime.Mailbox;
import teleapi.runtime.real.RealWorld;

/** {@code teleapi phone} calls a scripted phone. */
final class PhoneCommandTest {
    private final RealWorld world = RealWorld.create();
    private final Mailbox<PhoneEvent> noticed = world.mailbox("noticed", 1_000);
    private final Phone callee;

    PhoneCommandTest() throws IOException {
        callee = Phone.open(
                world,
                new PhoneSettings(
                        "bob", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 900, List.of(440, 900)),
                noticed::offer);
    }

    @BeforeEach
    void bobAnswers() {
        world.start("bob", () -> {
            while (true) {
                var event = noticed.take(world.time().after(java.time.Duration.ofSeconds(10)));
                if (event.isEmpty()) {
                    return;
                }
                if (event.get() instanceof PhoneEvent.Invited) {
                    callee.ring(false);
                    callee.answer();
                }
                if (event.get() instanceof PhoneEvent.Hears(Hearing hearing)
                        && hearing.tones().equals(Set.of(440))) {
                    callee.hangUp();
                }
            }
        });
    }

    @AfterEach
    void close() {
        callee.close();
        noticed.close();
    }

    @Test
    void itCallsRecordsWhatItHearsAndEndsWhenTheOtherSideHangsUp(@TempDir Path folder) throws IOException {
        // CONTRACT section 1: calls, plays a tone, records; bob hangs up only once he hears the tone
        Path file = folder.resolve("heard.wav");

        int status = phone("--call", "sip:bob@" + address(), "--wait", "10", "--record", file.toString(), "--quiet");

        assertEquals(0, status);
        short[] heard = Resampler.to8k(WavFile.read(Files.readAllBytes(file)));
        var meter = ToneMeter.of(440, 900);
        meter.hear(heard, 0, 160);
        assertEquals(900, meter.heard().getFirst().hertz());
    }

    @Test
    void withoutACallTheExitStatusIsOne() {
        // CONTRACT section 1: exit status says whether the call happened
        assertEquals(1, phone("--answer", "--wait", "0.1", "--quiet"));
    }

    @Test
    void aWrongCommandLineIsExplained() {
        // CONTRACT section 1: one clear line on stderr that says what to do, exit status 2
        var said = new StringWriter();
        int status = new CommandLine(new PhoneCommand())
                .setErr(new PrintWriter(said))
                .execute("--call", "bob");

        assertEquals(2, status);
        assertTrue(said.toString().contains("--call bob needs --register"), said.toString());
    }

    private String address() {
        return callee.address().getAddress().getHostAddress() + ":"
                + callee.address().getPort();
    }

    private static int phone(String... arguments) {
        return new CommandLine(new PhoneCommand()).execute(arguments);
    }
}

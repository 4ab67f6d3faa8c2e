package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/** Who is told by a beep that somebody comes and goes. */
class ConferenceBeepsTest {
    private static final int SEEDS = 5;
    /** Of the beep itself: teleapi.media.sound.Beep. */
    private static final int BEEP = 1_000;

    /** In each sample, squared: -30 dBFS; the beep has -14. */
    private static final double LOUD = 1_000 * 1_000;

    private static final long LENGTH = 240_000_000;

    private static final List<Integer> TONES = List.of(BEEP, 1_300, 1_550);

    private record Wanted(String beep, boolean onEnter, boolean onExit) {}

    @TestFactory
    Stream<DynamicTest> beeps() {
        // issue 4, 1: Conference, beeps; docs/rcml/conference.md: a beep for all who enter and leave
        return Stream.of(
                        new Wanted("", true, true),
                        new Wanted(" beep=\"true\"", true, true),
                        new Wanted(" beep=\"false\"", false, false),
                        new Wanted(" beep=\"onEnter\"", true, false),
                        new Wanted(" beep=\"onExit\"", false, true))
                .map(wanted -> DynamicTest.dynamicTest("beep" + wanted.beep(), () -> {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        assertEquals(wanted, heard(wanted.beep(), seed), "seed " + seed);
                    }
                }));
    }

    /** What one hears who is there already, of one who has that attribute. */
    private static Wanted heard(String beep, long seed) throws IOException {
        var world = new SimulatedWorld(seed);
        var documents = new ArrayList<>(List.of(" beep=\"false\"", beep));
        try (House house = new House(world, new Application(world, ask -> answer(ask, documents), asked -> {}))) {
            var beeped = new ArrayList<Long>();
            Phone there = house.phone(
                    "there",
                    "phone",
                    1_300,
                    TONES,
                    (samples, count, nanos) -> {
                        if (HandoverTest.power(samples, count, BEEP) / count > LOUD) {
                            beeped.add(nanos);
                        }
                    },
                    event -> {});
            Phone comes = house.phone("comes", "phone", 1_550, TONES, event -> {});
            world.runFor(Duration.ofSeconds(1));
            call(there);
            world.runFor(Duration.ofSeconds(1));
            beeped.clear();
            call(comes);
            world.runFor(Duration.ofSeconds(2));
            boolean entered = isBeep(beeped);
            beeped.clear();
            comes.hangUp();
            world.runFor(Duration.ofSeconds(2));
            boolean left = isBeep(beeped);
            there.hangUp();
            world.runFor(Duration.ofSeconds(45));
            assertEquals(List.of(), house.leftovers());
            return new Wanted(beep, entered, left);
        }
    }

    /** As long as the beep, but for its soft edges and the packets at its ends. */
    private static boolean isBeep(List<Long> packets) {
        return packets.size() >= 8 && packets.getLast() - packets.getFirst() <= LENGTH;
    }

    private static void call(Phone phone) {
        phone.call(
                SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                SipUri.of("+15551", "10.9.9.9", 5060),
                Optional.empty(),
                List.of());
    }

    private static Optional<HttpReply> answer(HttpAsk ask, List<String> documents) {
        String document = ask.url().endsWith("/incoming")
                ? "<Response><Dial><Conference waitUrl=\"\"" + documents.removeFirst()
                        + ">room</Conference></Dial></Response>"
                : "<Response/>";
        return Optional.of(
                new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
    }
}

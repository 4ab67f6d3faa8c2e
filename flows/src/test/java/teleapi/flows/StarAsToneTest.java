package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Ear;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.PhoneSettings;
import teleapi.lab.phone.Voice;
import teleapi.media.Sound;
import teleapi.media.dtmf.Key;
import teleapi.media.dtmf.KeyTone;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipTrace;
import teleapi.sip.SipUri;

/** A caller whose phone sends keys as tones in the sound, and no events. */
class StarAsToneTest {
    private static final int SEEDS = 5;

    private final List<String> asked = new ArrayList<>();

    @Test
    void itEndsADial() throws IOException {
        // docs/rcml/dial.md hangupOnStar: * of the caller ends the Dial; restcomm.md 6.3 DTMF
        assertStarEnds("<Client>bob</Client>");
    }

    @Test
    void itEndsAStayInAConference() throws IOException {
        // The same, of a Dial whose noun is a Conference
        assertStarEnds("<Conference beep=\"false\" waitUrl=\"\">room</Conference>");
    }

    @Test
    void itEndsTheWaitForAConference() throws IOException {
        // The same, while nobody else is there
        assertStarEnds("<Conference beep=\"false\" startConferenceOnEnter=\"false\">room</Conference>");
    }

    private void assertStarEnds(String noun) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            asked.clear();
            var world = new SimulatedWorld(seed);
            try (House house = new House(world, new Application(world, ask -> answer(ask, noun), told -> {}))) {
                Phone caller = caller(world);
                house.phones.put("caller", caller);
                house.phone("bob", "client", 1_550, List.of(1_550), event -> {
                    if (event instanceof PhoneEvent.Invited) {
                        house.phone("bob").answer();
                    }
                });
                world.runFor(Duration.ofSeconds(1));
                call(caller);
                if (noun.contains("Conference")) {
                    Phone other = house.phone("other", "phone", 1_300, List.of(1_300), event -> {});
                    call(other);
                }
                world.runFor(Duration.ofSeconds(2));
                assertEquals(List.of("/incoming"), asked.stream().distinct().toList(), "seed " + seed);
                caller.talk(true);
                world.runFor(Duration.ofSeconds(1));
                assertEquals("/after", asked.getLast(), "seed " + seed);
                house.phones.values().forEach(Phone::hangUp);
                world.runFor(Duration.ofSeconds(45));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    static Phone caller(SimulatedWorld world) throws IOException {
        short[] star = Arrays.copyOf(KeyTone.samples(Key.of('*').orElseThrow(), 800), 8_000);
        var settings = new PhoneSettings("caller", new InetSocketAddress("10.0.0.50", 5060), 0, List.of());
        Phone phone = Phone.open(
                world, settings, new PhoneGear(Voice.looping(Sound.of(star)), Ear.NONE, SipTrace.NONE), event -> {});
        phone.talk(false);
        return phone;
    }

    private static void call(Phone phone) {
        phone.call(
                SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                SipUri.of("+15551", "10.9.9.9", 5060),
                Optional.empty(),
                List.of());
    }

    private Optional<HttpReply> answer(HttpAsk ask, String noun) {
        String path = ask.url().substring("http://app".length());
        if (!path.equals("/status")) {
            asked.add(path);
        }
        String document = path.equals("/incoming")
                ? "<Response><Dial action=\"/after\" hangupOnStar=\"true\">" + noun + "</Dial></Response>"
                : "<Response><Hangup/></Response>";
        return Optional.of(
                new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
    }
}

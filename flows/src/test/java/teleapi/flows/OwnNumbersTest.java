package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/** Numbers of ours that dial numbers of ours. */
class OwnNumbersTest {
    private final SimulatedWorld world = new SimulatedWorld(1);

    @Test
    void aNumberThatDialsItselfDoesNotGoRoundForEver() throws IOException {
        // STYLE "Nothing is unbounded"; RFC 3261 §16.3: 482 for a request that circles. Ten in a row, then no further
        byte[] document = ("<Response><Dial><Number>" + House.NUMBER + "</Number></Dial></Response>")
                .getBytes(StandardCharsets.UTF_8);
        var application = new Application(
                world, ask -> Optional.of(new HttpReply.Received(200, ask.url(), "text/xml", document)), asked -> {});
        try (House house = new House(world, application)) {
            Phone caller = house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            world.runUntil(Duration.ofSeconds(1));
            caller.call(
                    SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                    SipUri.of("+15551", "10.9.9.9", 5060),
                    Optional.empty(),
                    List.of());
            world.runFor(Duration.ofSeconds(60));
            assertEquals(List.of(), house.leftovers());
            // One from outside, then ten pairs of a dialled call and the one that it becomes, and the eleventh refused.
            assertEquals(22, house.memory.calls.size());
            assertTrue(house.memory.calls.values().stream()
                    .anyMatch(writes -> writes.getLast().sipResponseCode().equals(java.util.OptionalInt.of(482))));
        }
    }
}

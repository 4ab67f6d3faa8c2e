package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Created;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.call.Sid;
import teleapi.call.directory.Client;
import teleapi.call.directory.VoiceSettings;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.runtime.simulated.SimulatedWorld;

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
            House.call(caller);
            world.runFor(Duration.ofSeconds(60));
            assertEquals(List.of(), house.leftovers());
            // One from outside, then ten pairs of a dialled call and the one that it becomes, and the eleventh refused.
            assertEquals(22, house.memory.calls.size());
            assertTrue(house.memory.calls.values().stream()
                    .anyMatch(writes -> writes.getLast().sipResponseCode().equals(java.util.OptionalInt.of(482))));
        }
    }

    @Test
    void nobodyCallsInTheNameOfAnothersClient() throws IOException {
        // reliability.md S3: to an application From=client:name is who has proved it with a password
        byte[] document = ("<Response><Dial callerId=\"client:alice\"><Number>" + House.NUMBER
                        + "</Number></Dial></Response>")
                .getBytes(StandardCharsets.UTF_8);
        var froms = new ArrayList<String>();
        var application = new Application(
                world,
                ask -> {
                    froms.add(ask.parameters().getOrDefault("From", ""));
                    byte[] answer = froms.size() == 1
                            ? document
                            : "<Response><Hangup/></Response>".getBytes(StandardCharsets.UTF_8);
                    return Optional.of(new HttpReply.Received(200, ask.url(), "text/xml", answer));
                },
                asked -> {});
        try (House house = new House(world, application)) {
            Client stranger = new Client(
                    Sid.fresh(Sid.CLIENT, world),
                    Sid.fresh(Sid.ACCOUNT, world),
                    "alice",
                    "secret",
                    "alice",
                    VoiceSettings.NONE,
                    world.time().now(),
                    world.time().now());
            house.memory.clients.put("alice", stranger);
            Created.Refused refused =
                    assertInstanceOf(Created.Refused.class, house.switchboard.create(call(house, "client:alice")));
            assertEquals(21212, refused.code());
            Phone caller = house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            world.runFor(Duration.ofSeconds(1));
            House.call(caller);
            world.runFor(Duration.ofSeconds(60));
            assertEquals(List.of("+15551", "+15551"), froms.subList(0, 2));
            assertTrue(house.memory.notifications.stream().anyMatch(note -> note.code() == 13214));
            assertEquals(List.of(), house.leftovers());
        }
    }

    private static NewCall call(House house, String from) {
        return new NewCall(
                house.account.sid(),
                from,
                House.NUMBER,
                new NewDocument.Inline("<Response/>", Optional.empty()),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                "",
                Optional.empty());
    }
}

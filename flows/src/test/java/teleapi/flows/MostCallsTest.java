package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.CallStatus;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/** The limit of calls. */
class MostCallsTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final List<Map<String, String>> actions = new ArrayList<>();

    @Test
    void theLegsOfADialThatDoNotFitFailAndTheApplicationIsTold() throws IOException {
        // Issue 2: a Dial's legs count against the limit of calls. Room for two: the caller and one leg.
        var application = new Application(world, this::answer, asked -> {});
        try (House house = new House(world, application, 2)) {
            List<PhoneEvent> bob = new ArrayList<>();
            List<PhoneEvent> alice = new ArrayList<>();
            Phone caller = house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            house.phone("bob", "client", 1_500, List.of(1_300), bob::add);
            house.phone("alice", "client", 1_700, List.of(1_300), alice::add);
            world.runUntil(Duration.ofSeconds(1));
            House.call(caller);
            world.runFor(Duration.ofSeconds(1));
            assertEquals(
                    1, bob.stream().filter(PhoneEvent.Invited.class::isInstance).count());
            assertEquals(
                    0,
                    alice.stream().filter(PhoneEvent.Invited.class::isInstance).count());
            house.phone("bob").refuse(486);
            world.runFor(Duration.ofSeconds(60));
            assertEquals(
                    List.of("busy"),
                    actions.stream().map(asked -> asked.get("DialCallStatus")).toList());
            assertEquals(
                    List.of(10004),
                    house.memory.notifications.stream().map(note -> note.code()).toList());
            assertEquals(
                    List.of(CallStatus.FAILED),
                    house.memory.calls.values().stream()
                            .map(List::getLast)
                            .filter(call -> call.to().equals("client:alice"))
                            .map(call -> call.status())
                            .toList());
            assertEquals(List.of(), house.leftovers());
        }
    }

    private Optional<HttpReply> answer(teleapi.call.webhook.HttpAsk ask) {
        String document = "<Response/>";
        if (ask.url().endsWith("/incoming")) {
            document = "<Response><Dial action=\"/done\"><Client>bob</Client><Client>alice</Client></Dial></Response>";
        } else if (ask.url().endsWith("/done")) {
            actions.add(ask.parameters());
        }
        return Optional.of(
                new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
    }
}

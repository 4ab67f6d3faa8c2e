package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.CallStatus;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.runtime.simulated.SimulatedWorld;

/** A document that goes on to itself. */
class EndlessRedirectsTest {
    private final SimulatedWorld world = new SimulatedWorld(1);

    @Test
    void theyAreStoppedAfterAHundredWithANotification() throws IOException {
        // issue 4, "What bad input gets"; docs/rcml/redirect.md; reliability.md A5
        byte[] document = "<Response><Redirect>/again</Redirect></Response>".getBytes(StandardCharsets.UTF_8);
        var asked = new ArrayList<String>();
        var application = new Application(
                world,
                ask -> {
                    asked.add(ask.url());
                    return Optional.of(new HttpReply.Received(200, ask.url(), "text/xml", document));
                },
                ignored -> {});
        try (House house = new House(world, application)) {
            Phone caller = house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            world.runUntil(Duration.ofSeconds(1));
            House.call(caller);
            world.runFor(Duration.ofSeconds(60));
            assertEquals(List.of(), house.leftovers());
            long documents =
                    asked.stream().filter(url -> !url.endsWith("/status")).count();
            assertEquals(100, documents);
            assertEquals(
                    1,
                    house.memory.notifications.stream()
                            .filter(note -> note.code() == 11215)
                            .count());
            assertEquals(
                    CallStatus.FAILED,
                    house.memory.calls.values().iterator().next().getLast().status());
        }
    }
}

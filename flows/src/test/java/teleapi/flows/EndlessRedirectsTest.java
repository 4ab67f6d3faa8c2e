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
import teleapi.call.Sid;
import teleapi.call.webhook.HttpAsk;
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

    @Test
    void thoseOfARedirectGoToItsFallback() throws IOException {
        // CONTRACT section 2 FallbackUrl "or executing"; ADR-0010: a Redirect without end is an execution error
        byte[] again = "<Response><Redirect>/again</Redirect></Response>".getBytes(StandardCharsets.UTF_8);
        byte[] stay = "<Response><Say>hello</Say><Pause length=\"30\"/></Response>".getBytes(StandardCharsets.UTF_8);
        var asked = new ArrayList<HttpAsk>();
        var application = new Application(
                world,
                ask -> {
                    asked.add(ask);
                    return Optional.of(new HttpReply.Received(
                            200, ask.url(), "text/xml", ask.url().endsWith("/again") ? again : stay));
                },
                ignored -> {});
        try (House house = new House(world, application)) {
            Phone caller = house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            world.runUntil(Duration.ofSeconds(1));
            House.call(caller);
            world.runFor(Duration.ofSeconds(1));
            Sid call = house.memory.calls.keySet().iterator().next();
            house.switchboard.modify(
                    house.account.sid(),
                    call,
                    new DeskRequest(Map.of("Url", "/again", "FallbackUrl", "/fb"), house)
                            .modification(Sid.fresh(Sid.MODIFICATION, world), status -> {}));
            world.runFor(Duration.ofSeconds(20));
            assertEquals(
                    1,
                    asked.stream()
                            .filter(ask -> ask.url().endsWith("/fb")
                                    && "11215".equals(ask.parameters().get("ErrorCode")))
                            .count());
            assertEquals(
                    CallStatus.IN_PROGRESS,
                    house.memory.calls.values().iterator().next().getLast().status());
            caller.hangUp();
            world.runFor(Duration.ofSeconds(45));
            assertEquals(List.of(), house.leftovers());
        }
    }
}

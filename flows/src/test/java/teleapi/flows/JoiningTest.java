package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Call;
import teleapi.call.EndReason;
import teleapi.call.Sid;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/** The moment in which a dialled leg is joined to its parent. */
class JoiningTest {
    private static final int SEEDS = 30;

    private final List<Map<String, String>> actions = new ArrayList<>();

    @Test
    void aLegThatEndsJustBeforeItIsJoinedWasNotBridged() throws IOException {
        // Issue 2 "Noticed and left alone"; CONTRACT section 4: DialBridged and DialCallStatus say what was
        int missed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            actions.clear();
            boolean joined = endWhenItOffersItself(seed);
            Map<String, String> action = actions.getFirst();
            assertEquals(Boolean.toString(joined), action.get("DialBridged"), "seed " + seed);
            assertEquals(joined ? "completed" : "failed", action.get("DialCallStatus"), "seed " + seed);
            assertEquals(joined, !"0".equals(action.get("DialCallDuration")), "seed " + seed);
            missed += joined ? 0 : 1;
        }
        assertTrue(missed > 0, "the moment was never hit");
    }

    /** Ends the leg when it has offered itself, at the latest; whether it was joined before. */
    private boolean endWhenItOffersItself(long seed) throws IOException {
        var world = new SimulatedWorld(seed);
        try (House house = new House(world, new Application(world, this::answer, asked -> {}))) {
            List<PhoneEvent> bob = new ArrayList<>();
            Phone caller = house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            house.phone("bob", "client", 1_500, List.of(1_300), bob::add);
            world.runUntil(Duration.ofSeconds(1));
            House.call(caller);
            world.runFor(Duration.ofSeconds(1));
            var invited = (PhoneEvent.Invited) bob.stream()
                    .filter(PhoneEvent.Invited.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            Call leg = house.switchboard
                    .find(house.account.sid(), new Sid(invited.callSid()))
                    .orElseThrow();
            house.phone("bob").answer();
            assertTrue(world.runUntil(() -> took(leg, "200 callee"), Duration.ofSeconds(1)));
            leg.hangUp(EndReason.byApi("just now"));
            world.runFor(Duration.ofSeconds(60));
            assertEquals(List.of(), house.leftovers());
            return took(leg, "joined");
        }
    }

    private static boolean took(Call call, String event) {
        return call.journal().lines().stream().anyMatch(line -> line.endsWith("<- " + event));
    }

    private Optional<HttpReply> answer(HttpAsk ask) {
        String document = "<Response/>";
        if (ask.url().endsWith("/incoming")) {
            document = "<Response><Dial action=\"/done\"><Client>bob</Client></Dial></Response>";
        } else if (ask.url().endsWith("/done")) {
            actions.add(ask.parameters());
        }
        return Optional.of(
                new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
    }
}

package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.call.Call;
import teleapi.call.CallStatus;
import teleapi.call.Created;
import teleapi.call.NewCall;
import teleapi.call.NewDocument;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;

/** The INVITE of a call that is to ring someone waits for no thread (ADR-0025). */
class RungByWhoStartsTest {
    private final SimulatedWorld world = new SimulatedWorld(1);

    @Test
    void theInviteIsOnItsWayBeforeTheThreadOfTheCallHasHadATurn() throws IOException {
        try (House house = house()) {
            List<PhoneEvent> bob = new ArrayList<>();
            house.phone("bob", "client", 1_500, List.of(), bob::add);
            world.runUntil(Duration.ofSeconds(1));
            Call call = started(house, "client:bob");
            // The world stands still: no other thread has done anything.
            assertTrue(
                    call.journal().lines().stream().anyMatch(line -> line.contains("-> INVITE callee")),
                    () -> call.journal().lines().toString());
            world.runFor(Duration.ofSeconds(1));
            assertTrue(bob.stream().anyMatch(PhoneEvent.Invited.class::isInstance), bob::toString);
            house.phone("bob").refuse(486);
            world.runFor(Duration.ofSeconds(45));
            assertEquals(CallStatus.BUSY, house.memory.last(call.sid()).status());
            assertEquals(List.of(), house.leftovers());
        }
    }

    @Test
    void whatCannotBeRungEndsOnItsOwnThread() throws IOException {
        try (House house = house()) {
            world.runUntil(Duration.ofSeconds(1));
            Call call = started(house, "client:nobody");
            assertEquals(CallStatus.QUEUED, call.snapshot().status());
            world.runFor(Duration.ofSeconds(45));
            assertEquals(CallStatus.FAILED, house.memory.last(call.sid()).status());
            assertEquals(List.of(), house.leftovers());
        }
    }

    private House house() throws IOException {
        return new House(world, new Application(world, ask -> Optional.empty(), asked -> {}));
    }

    private static Call started(House house, String to) {
        Created created = house.switchboard.create(new NewCall(
                house.account.sid(),
                "+15550000",
                to,
                new NewDocument.Inline("<Response><Hangup/></Response>", Optional.empty()),
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                "",
                Optional.empty()));
        return house.switchboard
                .find(house.account.sid(), ((Created.Call) created).record().sid())
                .orElseThrow();
    }
}

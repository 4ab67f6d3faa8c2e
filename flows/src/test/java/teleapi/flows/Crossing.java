package teleapi.flows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import teleapi.call.Call;
import teleapi.call.CallCommand;
import teleapi.call.ModificationStatus;
import teleapi.call.ModificationStatus.State;
import teleapi.call.Sid;
import teleapi.call.records.CallRecord;
import teleapi.call.webhook.HttpAsk;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/**
 * A life of one moment: two talk, and several desks that do not know of each other move both, asking it of either leg. The requests are numbered in
 * one order and get into the mailboxes in another. Afterwards both run the document of the move that was accepted last.
 *
 * <pre>
 * Thread  the test's
 * Source  ADR-0009; reference/reliability.md 5.1: I4, I6
 * </pre>
 */
final class Crossing {
    private static final String TALK = "<Response><Dial><Client>bob</Client></Dial></Response>";
    /** Longer than it takes until all are asked, so that no move is over before another. */
    private static final Duration FETCH = Duration.ofMillis(50);

    private final SimulatedWorld world;
    private final Random chance;
    private final House house;
    /** As they are accepted: by their numbers, and those of one call as they got into its mailbox. */
    private final List<Sid> order = new ArrayList<>();

    private final Map<Call, Sid> lastPosted = new LinkedHashMap<>();
    private final Map<Sid, State> outcomes = new LinkedHashMap<>();

    Crossing(long seed) throws IOException {
        world = new SimulatedWorld(seed);
        chance = new Random(seed);
        house = new House(world, new Application(world, this::reply, asked -> {}));
    }

    /** Plays it; what was violated, or nothing. */
    List<String> play() throws IOException {
        try (house) {
            house.phone("caller", "phone", 1_300, List.of(1_300), event -> {});
            house.phone("bob", "client", 1_500, List.of(1_500), event -> {
                if (event instanceof PhoneEvent.Invited) {
                    house.phone("bob").answer();
                }
            });
            world.runFor(Duration.ofSeconds(1));
            house.phone("caller")
                    .call(
                            SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                            SipUri.of("caller", "10.9.9.9", 5060),
                            Optional.empty(),
                            List.of());
            world.runFor(Duration.ofSeconds(1));
            List<Call> legs = house.switchboard.live(house.account.sid()).stream()
                    .map(CallRecord::sid)
                    .flatMap(sid -> house.switchboard.find(house.account.sid(), sid).stream())
                    .toList();
            for (int moves = 2 + chance.nextInt(3); moves > 0; moves--) {
                move(legs.get(chance.nextInt(2)));
            }
            world.runFor(Duration.ofSeconds(2));
            List<String> violations = violations(legs);
            house.switchboard.hangUpAll("it is over");
            world.runFor(Duration.ofSeconds(40));
            return violations;
        }
    }

    /** Numbered now, and in the mailbox within a moment. */
    private void move(Call leg) {
        Sid sid = Sid.fresh(Sid.MODIFICATION, world);
        CallCommand.Modify command = house.switchboard
                .acceptance()
                .of(
                        new DeskRequest(Map.of("Url", "/" + sid, "MoveConnectedCallLeg", "true"), house)
                                .modification(sid, this::told),
                        Optional.empty());
        order.add(sid);
        world.start("desk", () -> {
            pause(Duration.ofNanos(chance.nextInt(3)));
            Optional.ofNullable(lastPosted.put(leg, sid))
                    .filter(before -> order.indexOf(before) > order.indexOf(sid))
                    .ifPresent(before -> {
                        order.remove(sid);
                        order.add(order.indexOf(before) + 1, sid);
                    });
            leg.offer(command);
        });
    }

    private void told(ModificationStatus status) {
        if (status.state().last()) {
            outcomes.put(status.sid(), status.state());
        }
    }

    private Optional<HttpReply> reply(HttpAsk ask) {
        String path = ask.url().substring("http://app/".length());
        boolean moved = path.startsWith(Sid.MODIFICATION);
        if (moved) {
            pause(FETCH);
        }
        String document = moved ? "<Response><" + path + "/><Pause length=\"60\"/></Response>" : TALK;
        return Optional.of(
                new HttpReply.Received(200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
    }

    private void pause(Duration pause) {
        world.<Object>mailbox("pause", 1).take(world.time().after(pause));
    }

    private List<String> violations(List<Call> legs) {
        var violations = new ArrayList<String>();
        Sid last = order.getLast();
        for (Call leg : legs) {
            List<String> ran = house.memory.notifications.stream()
                    .filter(note -> note.callSid().equals(Optional.of(leg.sid())) && !note.error())
                    .flatMap(note -> order.stream().map(Sid::text).filter(note.message()::contains))
                    .toList();
            if (!ran.equals(List.of(last.text()))) {
                violations.add("I6: " + leg.sid() + " ran " + ran + ", accepted were " + order + "; its journal is "
                        + leg.journal().lines());
            }
        }
        for (Sid sid : order) {
            State due = sid.equals(last) ? State.APPLIED : State.SUPERSEDED;
            if (outcomes.get(sid) != due) {
                violations.add("I4: " + sid + " of " + order + " is " + outcomes.get(sid) + ", and should be " + due);
            }
        }
        return violations;
    }
}

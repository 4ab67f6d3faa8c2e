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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.SwitchboardSettings;
import teleapi.call.records.AccountEvent;
import teleapi.call.records.Notification;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.PhoneEvent;
import teleapi.media.Quality;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.runtime.simulated.Weather;

/** A phone of which no sound comes any more, and what is known of the sound of a call (ADR-0023). */
final class SilentFarEndTest {
    private static final String DIALS =
            "<Response><Dial action=\"http://app/over\"><Client>bob</Client></Dial></Response>";
    private static final String WAITS = "<Response><Pause length=\"300\"/></Response>";

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final List<String> asked = new ArrayList<>();
    private final List<Sid> sids = new ArrayList<>();
    private final House house;

    SilentFarEndTest() throws IOException {
        house = new House(
                world,
                new Application(
                        world,
                        ask -> {
                            asked.add(ask.url());
                            String document = ask.url().endsWith("/incoming") ? DIALS : WAITS;
                            return Optional.of(new HttpReply.Received(
                                    200, ask.url(), "text/xml", document.getBytes(StandardCharsets.UTF_8)));
                        },
                        more -> {}),
                SwitchboardSettings.MOST_CALLS,
                Duration.ofSeconds(60));
        phone("caller", "phone", 1_300);
        phone("bob", "client", 1_550);
        world.runFor(Duration.ofSeconds(1));
        House.call(house.phone("caller"));
        world.runFor(Duration.ofMillis(500));
        house.phone("bob").answer();
        world.runFor(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void phone(String name, String kind, int tone) throws IOException {
        house.phone(name, kind, tone, List.of(1_300, 1_550), event -> {
            switch (event) {
                case PhoneEvent.Answered answered -> sids.add(new Sid(answered.callSid()));
                case PhoneEvent.Invited invited -> sids.add(new Sid(invited.callSid()));
                default -> {}
            }
        });
    }

    private Sid bob() {
        return sids.getFirst();
    }

    /** Its SIP still works. */
    private void bobsSoundIs(Weather weather) {
        world.weather(
                datagram -> datagram.from().getAddress().getHostAddress().equals("10.0.0.11")
                        && datagram.from().getPort() != 5060,
                weather);
    }

    private List<Integer> codes() {
        return house.memory.notifications.stream().map(Notification::code).toList();
    }

    @Test
    void silenceIsToldAtOnceAndEndsTheCallInTheEnd() {
        // Issue 4, 3; reference/reliability.md section 3: RTP timeout.
        assertEquals(List.of(), codes());
        bobsSoundIs(Weather.LOST);
        world.runFor(Duration.ofSeconds(7));
        assertEquals(List.of(29700), codes());
        bobsSoundIs(Weather.FAIR);
        world.runFor(Duration.ofSeconds(60));
        assertEquals(List.of(29700), codes());
        assertTrue(asked.stream().noneMatch(url -> url.endsWith("/over")), asked::toString);
        bobsSoundIs(Weather.LOST);
        world.runFor(Duration.ofSeconds(62));
        assertEquals(List.of(29700, 29700, 29701), codes());
        assertEquals(Optional.of("timeout"), house.memory.last(bob()).cause());
        assertEquals("completed", house.memory.last(bob()).status().text());
        // Who talked to it goes on.
        assertEquals("in-progress", house.memory.last(sids.getLast()).status().text());
        assertEquals(1, asked.stream().filter(url -> url.endsWith("/over")).count());
    }

    @Test
    void aModificationWhileNothingComesIsAModification() {
        // Each modification of the caller is exact meanwhile: bob is hung up, and not missed any more.
        bobsSoundIs(Weather.LOST);
        world.runFor(Duration.ofSeconds(8));
        house.switchboard.modify(
                house.account.sid(),
                sids.getLast(),
                new DeskRequest(Map.of("Url", "http://app/elsewhere"), house)
                        .modification(Sid.fresh(Sid.MODIFICATION, world), status -> {}));
        world.runFor(Duration.ofSeconds(90));
        assertEquals(List.of(29700), codes());
        assertEquals("completed", house.memory.last(bob()).status().text());
        assertEquals("in-progress", house.memory.last(sids.getLast()).status().text());
    }

    @Test
    void howItSoundedIsKeptAndToldWhenTheCallHasEnded() {
        // ADR-0023: in the record, in the journal, as an event; once.
        house.phone("bob").hangUp();
        world.runFor(Duration.ofSeconds(2));
        Quality quality = Optional.ofNullable(house.memory.qualities.get(bob()))
                .orElseThrow()
                .quality();
        assertEquals("PCMU", quality.codec());
        assertTrue(quality.received() > 400 && quality.sent() > 400, quality::toString);
        assertEquals(0, quality.lost());
        assertTrue(quality.opinion().orElseThrow() > 4.3, quality::toString);
        List<AccountEvent> told = house.memory.events.stream()
                .filter(event -> event.topic() == AccountEvent.Topic.MEDIA)
                .toList();
        assertEquals(1, told.size());
        assertEquals(Optional.of(bob()), told.getFirst().callSid());
        assertEquals(Long.toString(quality.received()), told.getFirst().values().get("packets_received"));
        assertEquals("0", told.getFirst().values().get("packets_excess"));
        assertEquals(
                1,
                Optional.ofNullable(house.memory.journals.get(bob())).orElseThrow().entries().stream()
                        .filter(entry -> entry.what().equals("quality"))
                        .count());
    }
}

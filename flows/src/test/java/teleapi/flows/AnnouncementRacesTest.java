package teleapi.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import teleapi.call.Sid;
import teleapi.call.bridge.Announcement;
import teleapi.call.bridge.Conference;
import teleapi.call.bridge.Expected;
import teleapi.call.bridge.ExpectedCall;
import teleapi.call.records.ConferenceRecord;
import teleapi.call.webhook.HttpReply;
import teleapi.lab.phone.Phone;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Position;
import teleapi.runtime.simulated.SimulatedWorld;
import teleapi.sip.SipUri;

/** An announcement to a conference, in the moments in which hardly anybody is there. */
class AnnouncementRacesTest {
    private static final int SEEDS = 30;
    private static final int ANNOUNCED = 2_100;
    /** In each sample, squared: -30 dBFS; what is announced has -12. */
    private static final double LOUD = 1_000 * 1_000;

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String ROOM = "<Response><Dial><Conference waitUrl=\"\">room</Conference></Dial></Response>";

    private final Map<String, Integer> heard = new TreeMap<>();
    private final List<Announcement> told = new ArrayList<>();

    @Test
    void whatIsAnnouncedInTheInstantOfTheStartIsHeardByBoth() throws IOException {
        // docs/api/conferences.md: all hear an announcement as soon as the conference has started; ADR-0015
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (House house = house(seed)) {
                call(house, "one");
                house.world.runFor(SOON);
                Conference conference = conference(house);
                call(house, "two");
                assertTrue(house.world.runUntil(
                        () -> conference.record().status() == ConferenceRecord.Status.IN_PROGRESS, SOON));
                announce(conference);
                house.world.runFor(Duration.ofSeconds(1));
                assertInstanceOf(Announcement.Begun.class, told.getFirst());
                String which = "seed " + seed + " " + heard;
                assertTrue(heard.getOrDefault("one", 0) >= 9, which);
                assertTrue(heard.getOrDefault("two", 0) >= 9, which);
                house.phones.values().forEach(Phone::hangUp);
                house.world.runFor(Duration.ofSeconds(45));
                assertEquals(List.of(), house.leftovers());
            }
        }
    }

    @Test
    void whatIsAnnouncedToOneThatIsStillAwaitedIsRefused() throws IOException {
        // ADR-0015: a conference does not end while a place in it is kept; nobody is there who could hear
        try (House house = house(1)) {
            call(house, "one");
            house.world.runFor(SOON);
            call(house, "two");
            house.world.runFor(SOON);
            Conference conference = conference(house);
            var awaited = new ExpectedCall(Sid.fresh(Sid.CALL, house.world), terms(), false, Optional.empty());
            List<Expected> place = new ArrayList<>();
            conference.expect(awaited, 10, place::add);
            house.phones.values().forEach(Phone::hangUp);
            house.world.runFor(SOON);
            assertInstanceOf(Expected.Kept.class, place.getFirst());
            announce(conference);
            house.world.runFor(SOON);
            assertInstanceOf(Announcement.NotStarted.class, told.getFirst());
            conference.giveUp(awaited.call());
            house.world.runFor(Duration.ofSeconds(45));
            assertEquals(List.of(), house.leftovers());
        }
    }

    @Test
    void aNinthIsRefusedAndToldThatItFailsUntilOneHasBeenHeard() throws IOException {
        // docs/errors.md 29445; ADR-0015: eight may wait to be heard, and nothing is said to have begun that is never
        // heard
        try (House house = house(1)) {
            call(house, "one");
            call(house, "two");
            house.world.runFor(SOON);
            Conference conference = conference(house);
            for (int i = 0; i < 9; i++) {
                announce(conference);
            }
            house.world.runFor(Duration.ofMillis(100));
            assertEquals(9, told.size());
            told.subList(0, 8).forEach(begun -> assertInstanceOf(Announcement.Begun.class, begun));
            assertInstanceOf(Announcement.Full.class, told.get(8));
            house.world.runFor(SOON);
            announce(conference);
            house.world.runFor(SOON);
            assertInstanceOf(Announcement.Begun.class, told.get(9));
            // Nine of 200 ms in frames of 20.
            int frames = heard.getOrDefault("one", 0);
            assertTrue(frames >= 9 * 9 && frames <= 9 * 11, heard.toString());
            house.phones.values().forEach(Phone::hangUp);
            house.world.runFor(Duration.ofSeconds(45));
            assertEquals(List.of(), house.leftovers());
        }
    }

    // ---- how

    private void announce(Conference conference) {
        assertTrue(conference.announce(Tones.of(ANNOUNCED, 200, -12), "http://app/heard", told::add));
    }

    private static teleapi.rcml.Conference terms() {
        return new teleapi.rcml.Conference(
                new Position(1, 1),
                "room",
                false,
                true,
                false,
                true,
                true,
                Optional.empty(),
                HttpMethod.POST,
                10,
                Optional.empty(),
                HttpMethod.POST,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Conference conference(House house) {
        return house.switchboard.rooms().live(house.account.sid(), "room").orElseThrow();
    }

    private House house(long seed) throws IOException {
        heard.clear();
        told.clear();
        var world = new SimulatedWorld(seed);
        House house = new House(
                world,
                new Application(
                        world,
                        ask -> Optional.of(new HttpReply.Received(
                                200, ask.url(), "text/xml", ROOM.getBytes(StandardCharsets.UTF_8))),
                        asked -> {}));
        for (String name : List.of("one", "two")) {
            house.phone(
                    name,
                    "phone",
                    1_300,
                    List.of(1_300),
                    (samples, count, nanos) -> {
                        if (HandoverTest.power(samples, count, ANNOUNCED) / count > LOUD) {
                            heard.merge(name, 1, Integer::sum);
                        }
                    },
                    event -> {});
        }
        world.runFor(Duration.ofSeconds(1));
        return house;
    }

    private static void call(House house, String name) {
        house.phone(name)
                .call(
                        SipUri.of(House.NUMBER, "10.0.0.1", 5060),
                        SipUri.of("+15551", "10.9.9.9", 5060),
                        Optional.empty(),
                        List.of());
    }
}

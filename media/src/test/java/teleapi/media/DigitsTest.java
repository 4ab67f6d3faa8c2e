package teleapi.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.G711;
import teleapi.media.dtmf.Key;
import teleapi.media.dtmf.KeyTone;

/** Keys, both ways. */
final class DigitsTest {
    private static List<MediaEvent> digits(String keys) {
        return keys.chars()
                .<MediaEvent>mapToObj(key -> new MediaEvent.DigitPressed((char) key))
                .toList();
    }

    /** One press: two packets, then the end three times, or as often as it is not lost. */
    private static void press(Studio.Line line, int code, int lead, int ends) {
        line.phone().event(code, false, 160, lead);
        line.phone().event(code, false, 320, lead);
        for (int i = 0; i < ends; i++) {
            line.phone().event(code, true, 480, lead);
        }
    }

    @Test
    void aPressIsToldOnceAndPassedOnWithThePeersType() {
        // RFC 4733 §2.5.1.2: packets of a press share its timestamp, the end comes three times.
        try (Studio studio = new Studio(1)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMA);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            press(alice, 5, 1000, 3);
            studio.run(100);
            press(alice, 11, 3000, 3);
            studio.run(100);
            assertEquals(digits("5#"), studio.toldBy(alice.session()));
            List<Heard> heard = bob.phone().heard();
            assertEquals(10, heard.size());
            assertTrue(heard.stream().allMatch(p -> p.type() == Phone.EVENTS && p.payload().length == 4));
            assertEquals(
                    1,
                    heard.subList(0, 5).stream()
                            .map(Heard::timestamp)
                            .distinct()
                            .count());
            assertEquals(2, heard.stream().map(Heard::timestamp).distinct().count());
            for (int i = 1; i < heard.size(); i++) {
                assertEquals(
                        (heard.get(i - 1).sequence() + 1) & 0xffff, heard.get(i).sequence());
            }
        }
    }

    @Test
    void aPressIsToldWhenItsEndIsLostAndTheSameKeyFollows() {
        // RFC 4733 §2.5.2.2: a new timestamp is a new press.
        try (Studio studio = new Studio(2)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            press(alice, 1, 1000, 0);
            press(alice, 1, 5000, 0);
            studio.run(50);
            assertEquals(digits("11"), studio.toldBy(alice.session()));
        }
    }

    @Test
    void aLongPressIsOne() {
        // RFC 4733 §2.5.2.3: what lasts longer than the field says goes on as a new event that begins where the last is
        // full.
        try (Studio studio = new Studio(3)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            alice.phone().event(7, false, 160, 1000);
            alice.phone().event(7, false, 0xffff, 1000);
            alice.phone().event(7, false, 160, 1000 + 0xffff);
            alice.phone().event(7, true, 320, 1000 + 0xffff);
            studio.run(50);
            assertEquals(digits("7"), studio.toldBy(alice.session()));
        }
    }

    @Test
    void aLateCopyOfAnOldPressIsNone() {
        // M9 of the threats: duplicates by timestamp.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            press(alice, 1, 1000, 3);
            press(alice, 2, 5000, 3);
            press(alice, 1, 1000, 1);
            alice.phone().event(16, true, 320, 9000);
            studio.run(50);
            assertEquals(digits("12"), studio.toldBy(alice.session()));
        }
    }

    @Test
    void aPressAfterTheClockWasSetBackIsNoLateCopy() {
        // ADR-0021: the same source begins its timestamps anew.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            studio.run(100);
            press(alice, 1, 160, 3);
            studio.run(100);
            alice.phone().pauses(-5_000);
            studio.run(100);
            press(alice, 2, 160, 3);
            studio.run(100);
            press(alice, 2, 160, 3);
            studio.run(100);
            assertEquals(digits("122"), studio.toldBy(alice.session()));
        }
    }

    @Test
    void aPressOfASourceOfItsOwnBesideTheSoundIsOne() {
        // RFC 4733 §2.5.1.2, of gateways that give their events an SSRC of their own.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            Studio.bridge(alice, bob);
            for (int i = 1; i <= 20; i++) {
                alice.phone()
                        .raw(ByteBuffer.allocate(16)
                                .put((byte) 0x80)
                                .put((byte) Phone.EVENTS)
                                .putShort((short) i)
                                .putInt(9_000)
                                .putInt(4711)
                                .put((byte) 5)
                                .put((byte) (i > 18 ? 0x8a : 10))
                                .putShort((short) (160 * i))
                                .array());
                studio.run(20);
            }
            assertEquals(digits("5"), studio.toldBy(alice.session()));
            List<Heard> keys = bob.phone().heard().stream()
                    .filter(packet -> packet.type() == Phone.EVENTS)
                    .toList();
            assertEquals(20, keys.size(), 1);
            assertEquals(1, keys.stream().map(Heard::timestamp).distinct().count());
        }
    }

    @Test
    void aPressWhosePacketsComeInAnyOrderAndTwiceIsOne() {
        // RFC 4733 §2.5.2.2: packets of an event are known by their timestamp; of some, only an end arrives.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            for (int i = 0; i < 2; i++) {
                alice.phone().event(4, true, 320, 1000);
                alice.phone().event(4, false, 320, 1000);
                alice.phone().event(4, false, 160, 1000);
            }
            alice.phone().event(4, true, 320, 2000);
            studio.run(50);
            assertEquals(digits("44"), studio.toldBy(alice.session()));
        }
    }

    @Test
    void keysOfTheMutedAreToldButNotPassedOn() {
        // MediaSession.mute: what the peer says is kept from everyone else.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(100);
            alice.session().mute(true, 1);
            studio.run(100);
            press(alice, 5, 40, 3);
            studio.run(100);
            assertTrue(studio.has(alice.session(), new MediaEvent.DigitPressed('5')));
            assertTrue(bob.phone().heard().stream().allMatch(p -> p.type() == 0));
            Studio.assertContinuous(bob.phone().heard());
        }
    }

    @Test
    void aStarThatIsForUsIsToldButNotPassedOn() {
        // docs/rcml/dial.md hangupOnStar: the key is a command to us, not meant for the other party.
        try (Studio studio = new Studio(5)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            alice.session().keepStar(true);
            studio.run(100);
            press(alice, 10, 40, 3);
            studio.run(100);
            assertTrue(studio.has(alice.session(), new MediaEvent.DigitPressed('*')));
            assertTrue(bob.phone().heard().stream().allMatch(p -> p.type() == 0));
            Studio.assertContinuous(bob.phone().heard());
            press(alice, 5, 3000, 3);
            studio.run(100);
            assertEquals(5, events(bob), "other keys are");
            alice.session().keepStar(false);
            press(alice, 10, 6000, 3);
            studio.run(100);
            assertEquals(10, events(bob), "so is a star when nobody waits for it");
        }
    }

    private static long events(Studio.Line line) {
        return line.phone().heard().stream()
                .filter(packet -> packet.type() == Phone.EVENTS)
                .count();
    }

    @Test
    void aKeyThatBeganUnheardIsNotHeardToItsEnd() {
        // MediaSession.mute: the key that ends an overlay, or accepts a call, was not meant for the other party.
        try (Studio studio = new Studio(4)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            alice.phone().event(5, false, 160, 1000);
            studio.run(20);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(20);
            alice.phone().event(5, false, 320, 1000);
            alice.phone().event(5, true, 480, 1000);
            studio.run(20);
            alice.session().mute(true, 1);
            studio.run(20);
            alice.phone().event(6, false, 160, 3000);
            studio.run(20);
            alice.session().mute(false, 2);
            studio.run(20);
            alice.phone().event(6, true, 320, 3000);
            studio.run(20);
            assertEquals(0, events(bob));
            assertTrue(bob.phone().heard().stream().allMatch(Heard::silent));
            press(alice, 7, 5000, 3);
            studio.run(20);
            assertEquals(5, events(bob));
        }
    }

    @Test
    void digitsAreSentAsEventsWithPausesBetween() {
        // MediaSession.sendDigits; RFC 4733 §2.5.1.2.
        try (Studio studio = new Studio(6)) {
            Studio.Line alice = studio.talking(500, G711.PCMU);
            Studio.Line bob = studio.talking(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            studio.run(200);
            bob.session().sendDigits(1, "1w#");
            long sent = studio.until(bob.session(), new MediaEvent.DigitsSent(1));
            studio.run(200);
            List<Heard> events = bob.phone().heard().stream()
                    .filter(p -> p.type() == Phone.EVENTS)
                    .toList();
            assertEquals(16, events.size());
            assertTrue(events.subList(0, 8).stream().allMatch(p -> p.payload()[0] == 1));
            assertTrue(events.subList(8, 16).stream().allMatch(p -> p.payload()[0] == 11));
            assertEquals(2, events.stream().map(Heard::timestamp).distinct().count());
            assertEquals(2, events.stream().filter(Heard::marker).count());
            assertEquals(
                    3,
                    events.subList(0, 8).stream()
                            .filter(p -> p.payload()[1] < 0)
                            .count());
            assertTrue(events.get(8).nanos() - events.get(0).nanos() >= 500_000_000);
            List<Heard> heard = bob.phone().heard();
            for (int i = 1; i < heard.size(); i++) {
                assertEquals(
                        (heard.get(i - 1).sequence() + 1) & 0xffff, heard.get(i).sequence());
            }
            assertTrue(bob.heardAfter(sent + 30_000_000).stream().allMatch(p -> p.type() == 0 && p.has(500)));
            assertTrue(
                    heard.stream()
                            .filter(p -> p.nanos() > events.get(7).nanos()
                                    && p.nanos() < events.get(8).nanos())
                            .anyMatch(p -> p.has(500)),
                    "during the pause the peer is heard");
        }
    }

    @Test
    void digitsAreTonesForWhoTakesNoEvents() {
        // MediaSession.sendDigits; ITU-T Q.23.
        try (Studio studio = new Studio(7)) {
            Studio.Line bob = studio.line(1000, G711.PCMA);
            String plain = new String(bob.phone().sdp(), StandardCharsets.US_ASCII)
                    .replace(" 101", "")
                    .replace("a=rtpmap:101 telephone-event/8000\r\n", "")
                    .replace("a=rtpmap telephone-event/8000\r\n", "");
            bob.session().answer(plain.getBytes(StandardCharsets.US_ASCII));
            bob.session().sendDigits(1, "5x5");
            studio.until(bob.session(), new MediaEvent.DigitsSent(1));
            studio.run(50);
            List<Heard> heard = bob.phone().heard();
            assertEquals(20, heard.size());
            assertEquals(
                    10, heard.stream().filter(p -> p.has(770) && p.has(1336)).count());
            assertEquals(10, heard.stream().filter(Heard::silent).count());
            Studio.assertContinuous(heard);
        }
    }

    private static List<Heard> keys(Studio.Line line) {
        return line.phone().heard().stream()
                .filter(p -> p.type() == Phone.EVENTS)
                .toList();
    }

    /** Which keys came, each once. */
    private static String pressed(Studio.Line line) {
        var keys = new StringBuilder();
        keys(line).stream().filter(Heard::marker).forEach(p -> keys.append(Character.forDigit(p.payload()[0], 16)));
        return keys.toString();
    }

    @Test
    void digitsOfALayerWaitWhileItIsCoveredAndThoseOverAllDoNot() {
        // MediaSession.playDigits; ADR-0011: what is covered waits where it is
        try (Studio studio = new Studio(11)) {
            Studio.Line bob = studio.line(1000, G711.PCMU);
            studio.run(100);
            bob.session().playDigits(Layer.VERB, 1, "12w34");
            studio.run(50);
            bob.session().play(Layer.AWAY, 2, Sound.silence(Duration.ofSeconds(1)), 0);
            studio.run(2_000);
            assertEquals("1", pressed(bob));
            assertEquals(8, keys(bob).size());
            bob.session().playDigits(Layer.OVERLAY, 3, "5");
            studio.until(bob.session(), new MediaEvent.DigitsSent(3));
            bob.session().sendDigits(4, "6");
            studio.until(bob.session(), new MediaEvent.DigitsSent(4));
            assertEquals("156", pressed(bob));
            bob.session().stopPlayback(2);
            studio.until(bob.session(), new MediaEvent.DigitsSent(1));
            studio.run(20);
            assertEquals("156234", pressed(bob));
            assertEquals(6 * 8, keys(bob).size());
        }
    }

    @Test
    void digitsOfALayerThatAreStoppedAreNotSent() {
        // MediaSession.playDigits, stopPlayback; RFC 4733 §2.5.1.4: a key that has begun has its end
        try (Studio studio = new Studio(12)) {
            Studio.Line bob = studio.line(1000, G711.PCMU);
            studio.run(100);
            bob.session().playDigits(Layer.VERB, 1, "12");
            bob.session().playDigits(Layer.VERB, 2, "3");
            studio.run(50);
            bob.session().stopPlayback(1);
            studio.until(bob.session(), new MediaEvent.DigitsSent(2));
            studio.run(20);
            assertEquals("13", pressed(bob));
            assertEquals(2 * 8, keys(bob).size());
            bob.session().playDigits(Layer.VERB, 3, "WWWW4");
            studio.run(50);
            bob.session().stopPlayback(3);
            bob.session().playDigits(Layer.VERB, 4, "5");
            studio.run(250);
            assertEquals("135", pressed(bob));
            assertEquals(
                    List.of(new MediaEvent.DigitsSent(2), new MediaEvent.DigitsSent(4)), studio.toldBy(bob.session()));
        }
    }

    @Test
    void tonesAreToldWhileTheyAreListenedForAlsoOfTheMuted() {
        // MediaSession.listenForTones; what the muted say is silence to others only.
        try (Studio studio = new Studio(8)) {
            Studio.Line alice = studio.line(500, G711.PCMA);
            Studio.Line bob = studio.line(1000, G711.PCMU);
            alice.session().bridge(bob.session());
            bob.session().bridge(alice.session());
            alice.phone().says(KeyTone.samples(Key.SEVEN, 800));
            studio.run(200);
            assertEquals(List.of(), studio.toldBy(alice.session()));
            alice.session().listenForTones(true);
            alice.session().mute(true, 1);
            studio.run(10);
            long muted = studio.now();
            alice.phone().says(KeyTone.samples(Key.SEVEN, 800));
            studio.run(200);
            alice.phone().says(new short[800]);
            studio.run(200);
            alice.phone().says(KeyTone.samples(Key.POUND, 800));
            studio.run(200);
            assertEquals(
                    List.of(
                            new MediaEvent.Applied(1),
                            new MediaEvent.DigitPressed('7'),
                            new MediaEvent.DigitPressed('#')),
                    studio.toldBy(alice.session()));
            assertTrue(bob.heardAfter(muted).size() == 15
                    && bob.heardAfter(muted).stream().allMatch(Heard::silent));
        }
    }

    @Test
    void aPeerThatSendsEventsIsNotListenedToAsWell() {
        // The same key twice, as an event and in the sound, is one press.
        try (Studio studio = new Studio(9)) {
            Studio.Line alice = studio.line(500, G711.PCMU);
            alice.session().listenForTones(true);
            press(alice, 7, 40, 3);
            alice.phone().says(KeyTone.samples(Key.SEVEN, 1600));
            studio.run(300);
            assertEquals(digits("7"), studio.toldBy(alice.session()));
        }
    }

    @Test
    void twoRequestsAreBothToldInOrderAndSoIsAnEmptyOne() {
        // MediaEvent.DigitsSent: told for each, when its own are out.
        try (Studio studio = new Studio(10)) {
            Studio.Line bob = studio.line(1000, G711.PCMU);
            bob.session().sendDigits(7, "12");
            bob.session().sendDigits(8, "");
            bob.session().sendDigits(9, "3");
            studio.run(410);
            assertEquals(
                    List.of(new MediaEvent.DigitsSent(7), new MediaEvent.DigitsSent(8)), studio.toldBy(bob.session()));
            studio.run(200);
            bob.session().sendDigits(10, "x");
            studio.run(5);
            assertEquals(
                    List.of(
                            new MediaEvent.DigitsSent(7),
                            new MediaEvent.DigitsSent(8),
                            new MediaEvent.DigitsSent(9),
                            new MediaEvent.DigitsSent(10)),
                    studio.toldBy(bob.session()));
        }
    }
}

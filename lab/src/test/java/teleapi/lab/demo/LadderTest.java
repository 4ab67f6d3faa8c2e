package teleapi.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.PhoneEvent;
import teleapi.sip.message.SipRequest;

/** A line of the picture is exactly this. */
final class LadderTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Ladder ladder = new Ladder(new PrintStream(said, true, StandardCharsets.UTF_8), false, 0);

    @Test
    void aMessageIsAnArrowBetweenTwoLifelines() {
        // CONTRACT section 1: each SIP event as a ladder
        ladder.draw(new Seen.Sip(
                Party.BOB, false, new SipRequest("INVITE", "sip:bob@x", List.of(), new byte[0]), 1_234_000_000L));

        assertEquals("""
            1.234    │          │◀───────────────── INVITE ───────────────────│                                            │\
            """, line());
    }

    @Test
    void aSoundIsANoteAtItsPhoneDatedByItsFirstPacket() {
        // CONTRACT section 1: each media event as a ladder
        var hearing = new Hearing(Set.of(700, 1_100), false, true, 2_000_000_000L);
        ladder.draw(new Seen.Noticed(Party.BOB, new PhoneEvent.Hears(hearing), 2_060_000_000L));

        assertEquals("""
            2.000    │          │ ♪ caller + alice    │          │            │                                            │\
            """, line());
    }

    @Test
    void whatDoesNotFitIsCut() {
        // Ladder: 120 columns
        ladder.draw(new Seen.Asked("/incoming", Map.of("CallSid", "CA" + "0".repeat(32)), "x".repeat(200), 0));

        assertEquals(
                List.of(114, 114),
                said.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(String::length)
                        .toList());
    }

    private String line() {
        return said.toString(StandardCharsets.UTF_8).strip();
    }
}

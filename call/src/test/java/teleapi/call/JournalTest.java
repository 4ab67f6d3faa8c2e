package teleapi.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import teleapi.call.webhook.HttpReply;
import teleapi.media.MediaEvent;
import teleapi.rcml.HttpMethod;
import teleapi.runtime.simulated.SimulatedWorld;

/** What a journal shows, and what it never does. */
final class JournalTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final Journal journal = new Journal(world.time(), "caller");

    @Test
    void neitherDigitsNorQueriesNorPasswordsAreShown() {
        // reference/reliability.md M8
        journal.took(new CallEvent.MediaHappened(new MediaEvent.DigitPressed('4')));
        long requested = journal.requested(HttpMethod.GET, "https://ann:secret@app/pay?card=4111#1", Map.of());
        journal.replied(
                "https://ann:secret@app/pay?card=4111",
                new HttpReply.Failed(11205, "http://app/pay?card=4111 cannot be reached"),
                requested);
        journal.did("notification 11205: https://ann:secret@app/pay?card=4111 cannot be reached");
        String all = String.join("\n", journal.lines());
        assertFalse(all.contains("4111") || all.contains("secret") || all.contains("DigitPressed[4]"), all);
        assertEquals("digit", journal.entries().getFirst().what());
        assertEquals("https://app/pay?…", journal.entries().get(1).details().get("Url"));
        assertEquals(
                "http://app/pay?… cannot be reached",
                journal.entries().get(2).details().get("Reason"));
    }

    @Test
    void onlyTheNewestAreHeldAndTheirNumbersGoOn() {
        // ADR-0013: the newest 500 entries
        for (int i = 0; i < 1_234; i++) {
            journal.did("step");
        }
        var entries = journal.entries();
        assertEquals(500, entries.size());
        assertEquals(1_234, entries.getLast().number());
        assertEquals(735, entries.getFirst().number());
    }
}

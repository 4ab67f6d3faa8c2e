package teleapi.call.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import teleapi.rcml.HttpMethod;
import teleapi.rcml.Message;
import teleapi.rcml.Position;
import teleapi.rcml.RcmlDocument;
import teleapi.rcml.Refer;
import teleapi.rcml.Verb;

final class PlacesOfVerbsTest {
    private static final Position FIRST = new Position(1, 11);

    @Test
    void aMessageAlsoRunsOverACallAndInAQueue() {
        // docs/rcml/message.md: it makes no sound, takes no time and joins nobody (ADR-0010, ADR-0016)
        var message = new Message(
                FIRST,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HttpMethod.POST,
                Optional.empty(),
                HttpMethod.POST,
                "x");
        assertEquals(Optional.empty(), overTheCall(message));
        assertTrue(QueueWait.mayRun(message));
    }

    @Test
    void whatTakesTheCallElsewhereRunsInNeither() {
        // ADR-0010: it may say, play, pause, ask, send a message and redirect
        var refer = new Refer(FIRST, Optional.empty(), HttpMethod.POST, "sip:a@b");
        assertEquals(Optional.of("Refer at 1:11 cannot run over a call"), overTheCall(refer));
        assertFalse(QueueWait.mayRun(refer));
    }

    private static Optional<String> overTheCall(Verb verb) {
        return Overlay.notForIt(new RcmlDocument(List.of(verb), List.of()));
    }
}

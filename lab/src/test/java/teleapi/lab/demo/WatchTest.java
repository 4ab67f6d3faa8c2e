package teleapi.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import teleapi.lab.phone.Hearing;
import teleapi.lab.phone.PhoneEvent;
import teleapi.runtime.real.RealWorld;

/** What has not been observed fails the demo. */
final class WatchTest {
    private final Watch watch = new Watch(
            RealWorld.create(),
            new Ladder(new PrintStream(OutputStream.nullOutputStream()), false, 0),
            Duration.ofMillis(50));

    @Test
    void whoeverHearsMoreThanHeShouldFailsTheStory() {
        // CONTRACT section 1: exit status 0 only if every step was observed
        sees(Party.BOB, new PhoneEvent.Hears(new Hearing(Set.of(700, 1_100), false, true, 1)));

        NotObserved failure =
                assertThrows(NotObserved.class, () -> watch.hears(Map.of(Party.BOB, Set.of(Party.CALLER))));

        assertEquals("expected: bob hears caller\nseen: bob hears caller + alice", failure.getMessage());
    }

    @Test
    void anEventCountsOnce() {
        // Watch: nobody has waited for it before; the second BYE is not the first
        sees(Party.BOB, new PhoneEvent.Ended(true));

        assertEquals(new PhoneEvent.Ended(true), watch.phone(Party.BOB, PhoneEvent.Ended.class));
        assertThrows(NotObserved.class, () -> watch.phone(Party.BOB, PhoneEvent.Ended.class));
    }

    private void sees(Party party, PhoneEvent event) {
        watch.see(new Seen.Noticed(party, event, 1));
    }
}

package teleapi.runtime.simulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import teleapi.runtime.Deadline;
import teleapi.runtime.Loop;
import teleapi.runtime.Mailbox;

/**
 * Two calls on a bridge; one is redirected together with the other. Small enough to be read, and with the one order that matters: the peer is
 * told to move before the bridge is left.
 */
final class Bridged {
    private final SimulatedWorld world;
    private final boolean peerFirst;
    private final List<String> journal = new ArrayList<>();
    private final Mailbox<String> first;
    private final Mailbox<String> second;
    private final Loop<String> bridge;
    private boolean secondMoved;

    Bridged(SimulatedWorld world, boolean peerFirst) {
        this.world = world;
        this.peerFirst = peerFirst;
        first = world.mailbox("first", 10);
        second = world.mailbox("second", 10);
        bridge = world.loop("bridge", 10);
    }

    Bridged play() {
        bridge.start(message -> {
            note(message);
            second.post("peer left");
        });
        world.start("first", this::first);
        world.start("second", this::second);
        world.start(
                "noise",
                () -> world.mailbox("noise", 1)
                        .take(world.time()
                                .after(Duration.ofMillis(world.random().below(3)))));
        first.offer("redirect both");
        world.run();
        bridge.close();
        world.run();
        return this;
    }

    private void first() {
        note(first.take(Deadline.NEVER).orElseThrow());
        if (peerFirst) {
            second.post("redirect");
            bridge.post("leave");
        } else {
            bridge.post("leave");
            second.post("redirect");
        }
        note("moved");
    }

    /** Hangs up when its peer has left, unless it is to move. */
    private void second() {
        String message = second.take(Deadline.NEVER).orElseThrow();
        note(message);
        secondMoved = message.equals("redirect");
        second.close();
    }

    private void note(String event) {
        journal.add(world.time().nanos() + " " + world.running() + " " + event);
    }

    List<String> journal() {
        return journal;
    }

    boolean secondMoved() {
        return secondMoved;
    }
}

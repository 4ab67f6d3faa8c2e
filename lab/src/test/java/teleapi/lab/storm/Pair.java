package teleapi.lab.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import teleapi.lab.phone.Ear;
import teleapi.lab.phone.Phone;
import teleapi.lab.phone.PhoneGear;
import teleapi.lab.phone.Voice;
import teleapi.lab.storm.NumberedVoice.Frame;
import teleapi.runtime.Mailbox;
import teleapi.sip.SipTrace;

/**
 * Two who talk, each in numbers; one is muted again and again, and the other must never hear a number said after the answer.
 *
 * <pre>
 * Thread  one of its own
 * </pre>
 */
final class Pair {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Storm storm;
    private final Mailbox<Frame> frames;
    private final Mailbox<String> sids;
    private final NumberedVoice[] voices = new NumberedVoice[2];
    private final Phone[] phones = new Phone[2];
    private final String[] calls = {"", ""};
    private final int[] said = new int[2];

    Pair(Storm storm, int number) throws IOException {
        this(storm, number, true);
    }

    /** @param talking else they send nothing */
    Pair(Storm storm, int number, boolean talking) throws IOException {
        this.storm = storm;
        frames = storm.world.mailbox("frames of pair " + number, 100_000);
        sids = storm.world.mailbox("calls of pair " + number, 10);
        for (int i = 0; i < 2; i++) {
            voices[i] = new NumberedVoice(frames);
            phones[i] = storm.phone(
                    "phone" + number + "-" + i,
                    talking
                            ? new PhoneGear(voices[i], voices[i], SipTrace.NONE)
                            : new PhoneGear(Voice.NOBODY, Ear.NONE, SipTrace.NONE),
                    invited -> sids.post(invited.callSid()));
        }
    }

    /** Connects them, and both hear each other. */
    void meet() {
        connect();
        hears(0);
        hears(1);
    }

    /** The first is called, its document dials the second, who answers. */
    List<String> connect() {
        Storm.Reply made = storm.post(
                "Calls",
                Map.of(
                        "From",
                        "+15550000",
                        "To",
                        Storm.address(phones[0]),
                        "Rcml",
                        "<Response><Dial><Sip>" + Storm.address(phones[1]) + "</Sip></Dial></Response>"));
        assertEquals(201, made.status(), made.body());
        calls[0] = sid();
        calls[1] = sid();
        for (String call : calls) {
            storm.until(() -> storm.get("Calls/" + call).value("status").equals("in-progress"));
        }
        return List.of(calls);
    }

    private String sid() {
        return sids.take(storm.world.time().after(LONGEST)).orElseThrow(() -> new AssertionError("no call comes"));
    }

    /** Mutes one and unmutes it. */
    void muteAndUnmute(int muted) {
        mute(muted, true);
        drain();
        int atTheAnswer = said[muted];
        int wrong = 0;
        while (said[muted] < atTheAnswer + 3) {
            int number = number(next(), 1 - muted);
            wrong = number > atTheAnswer ? number : wrong;
        }
        String call = calls[muted];
        int heardMuted = wrong;
        assertEquals(0, wrong, () -> call + " was heard saying " + heardMuted + ", muted since " + atTheAnswer);
        int last = said[muted];
        mute(muted, false);
        // On a slow machine the last of them may still be on their way when the mute is lifted; then no later one is
        // missing.
        int before = 0;
        while (before <= last) {
            int heard = number(next(), 1 - muted);
            assertTrue(said[muted] < last + 1_500, () -> call + " has said 30 s more, and is not heard again");
            if (heard > atTheAnswer) {
                int gap = before;
                assertTrue(gap == 0 || heard == gap + 1, () -> call + " was heard saying " + heard + " after " + gap);
                before = heard;
            }
        }
    }

    /** What a frame says, if this one has heard it; else 0. */
    private int number(Frame frame, int listener) {
        return !frame.said() && frame.by() == voices[listener] ? frame.number().orElse(0) : 0;
    }

    private void mute(int party, boolean on) {
        Storm.Reply reply = storm.later(
                        "Calls/" + calls[party], Map.of("Mute", Boolean.toString(on)), "Prefer", "wait=30")
                .join();
        assertEquals(200, reply.status(), reply.body());
        assertEquals(Boolean.toString(on), reply.value("muted"), reply.body());
    }

    /** Both are hung up. */
    void end() {
        assertEquals(
                200,
                storm.post("Calls/" + calls[0], Map.of("Status", "completed")).status());
    }

    // ---- frames

    private void drain() {
        while (true) {
            var frame = frames.take(storm.world.time().after(Duration.ZERO));
            if (frame.isEmpty()) {
                return;
            }
            count(frame.get());
        }
    }

    private Frame next() {
        Frame frame = frames.take(storm.world.time().after(LONGEST))
                .orElseThrow(() -> new AssertionError("no sound any more"));
        count(frame);
        return frame;
    }

    private void count(Frame frame) {
        if (frame.said()) {
            said[frame.by() == voices[0] ? 0 : 1] = frame.number().orElseThrow();
        }
    }

    private void hears(int listener) {
        while (number(next(), listener) == 0) {
            assertTrue(said[1 - listener] < 1_000, "20 s, and " + calls[listener] + " hears nobody");
        }
    }
}

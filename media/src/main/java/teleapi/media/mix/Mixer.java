package teleapi.media.mix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import teleapi.media.Sound;
import teleapi.media.codec.G711;
import teleapi.media.rtp.JitterBuffer;
import teleapi.media.rtp.Outgoing;

/**
 * A room: sums what its members say once per 20 ms; each gets the sum without itself, in its own slot.
 *
 * <p>Sums are integers, so a member is taken out again exactly: when it is muted or leaves between the sum and the sending, no packet
 * sent from then on has it. Who says nothing gets the common frame, coded once for all of its law.
 *
 * <p>Each is mixed at the best rate it can hear. Members of 8 and of 16 kHz have a sum each; and each sum crosses to the other rate at most
 * once, for all who hear there. While all have the same rate nothing is filtered.
 *
 * <pre>
 * Shape   20 ms, signed 16-bit, mono, 8 and 16 kHz
 * Thread  the media loop's
 * Source  RFC 4353; reference: perf W4; ADR-0021
 * </pre>
 */
final class Mixer {
    // Owned by the thread of the media loop.

    private static final int FRAME = JitterBuffer.FRAME;
    private static final int WIDE = 2 * FRAME;
    /** Sends per slot of 1 ms, so that a large room is no burst; a small one is sent at once. */
    private static final int PER_SLOT = 8;
    /** Announcements and beeps: more beeps at once say nothing more, and what is announced should be heard while it is true. */
    private static final int MOST_WAITING = 8;

    private static final int NOT_RUNNING = -1;

    private record Announcement(Sound sound, Runnable over) {}

    private final Outgoing.Source source = new Outgoing.Source();
    private final Schedule schedule;
    private final Tally tally;
    private final Consumer<MediaMessage> post;
    private final List<Party> members = new ArrayList<>();
    private final Deque<Announcement> announcements = new ArrayDeque<>();
    private final Crossing narrows = new Crossing(true);
    private final Crossing wides = new Crossing(false);
    private final int[] sum = new int[FRAME];
    private final int[] wideSum = new int[WIDE];
    private final Common mu = new Common(G711.PCMU);
    private final Common a = new Common(G711.PCMA);
    private final int[] ownSum = new int[WIDE];
    private final byte[] own = new byte[FRAME];
    private final short[] ownWide = new short[WIDE];
    private boolean summed;
    private boolean wideSummed;
    private int slot = NOT_RUNNING;
    private int announced;
    private boolean announces;
    private @Nullable RoomRecording recording;

    Mixer(Schedule schedule, Tally tally, Consumer<MediaMessage> post) {
        this.schedule = schedule;
        this.tally = tally;
        this.post = post;
    }

    /** Answers the slot in which the member sends. */
    int join(Party party) {
        run();
        if (members.isEmpty()) {
            tally.rooms++;
        }
        members.add(party);
        return (slot + (members.size() - 1) / PER_SLOT) % Schedule.SLOTS;
    }

    void leave(Party party) {
        silence(party);
        if (members.remove(party) && members.isEmpty()) {
            tally.rooms--;
            // What nobody has heard yet waits: of two who come in one instant, one may go before the other is there.
            if (announced > 0) {
                nextAnnouncement();
            }
            rest();
        }
    }

    /** Nobody comes any more. */
    void close() {
        stopRecording();
        for (Party member : List.copyOf(members)) {
            member.leave();
        }
        while (!announcements.isEmpty()) {
            nextAnnouncement();
        }
    }

    private void run() {
        if (slot == NOT_RUNNING) {
            slot = schedule.soon();
            schedule.add(this, slot);
            narrows.clear();
            wides.clear();
            forgetCommon();
        }
    }

    /** Its time goes on while it is recorded, also when nobody is in it. */
    private void rest() {
        if (slot != NOT_RUNNING && members.isEmpty() && recording == null) {
            schedule.remove(this, slot);
            slot = NOT_RUNNING;
        }
    }

    // ---- recorded

    void take(MediaMessage.OfRoom order) {
        switch (order) {
            case MediaMessage.RecordRoom wanted -> {
                stopRecording();
                recording = new RoomRecording(wanted.sink(), wanted.trimmed(), schedule.now(), post);
                run();
                wanted.begun().run();
            }
            case MediaMessage.PauseRoom pause -> {
                if (recording != null) {
                    recording.pause(pause.silence());
                }
                pause.done().run();
            }
            case MediaMessage.ResumeRoom resume -> {
                if (recording != null) {
                    recording.resume();
                }
                resume.done().run();
            }
            case MediaMessage.StopRoom stop -> stopRecording();
        }
    }

    void stopRecording() {
        RoomRecording over = recording;
        recording = null;
        if (over != null) {
            over.finish(sum(), says(), schedule.now());
            rest();
        }
    }

    /** Takes the party's sound out of what is still to be sent of this frame. */
    void silence(Party party) {
        Seat seat = party.seat();
        if (seat == null) {
            return;
        }
        boolean spoke = seat.speaks();
        if (!party.coaches()) {
            Crossing line = seat.wide() ? wides : narrows;
            if (seat.speaks()) {
                line.add(seat.said(), 0, seat.length(), -1);
            }
            if (seat.spoke()) {
                line.takeBack(seat.tail());
            }
            forgetCommon();
        }
        seat.fallSilent();
        if (spoke) {
            turn();
        }
    }

    /** Someone begins or ends to be heard in the middle of a wave. */
    private void turn() {
        for (int m = 0; m < members.size(); m++) {
            members.get(m).wire().turn();
        }
    }

    void announce(Sound sound, Consumer<Boolean> taken, Runnable over) {
        boolean fits = sound.length() == 0 || announcements.size() < MOST_WAITING;
        taken.accept(fits);
        if (sound.length() == 0) {
            over.run();
        } else if (fits) {
            announcements.add(new Announcement(sound, over));
        }
    }

    Outgoing.Source source() {
        return source;
    }

    List<Party> members() {
        return members;
    }

    void beat() {
        if (recording != null && !recording.beat(sum(), says(), schedule.now())) {
            stopRecording();
        }
        narrows.next();
        wides.next();
        forgetCommon();
        addAnnouncement();
        boolean turns = false;
        for (int m = 0; m < members.size(); m++) {
            Party member = members.get(m);
            boolean spoke = member.speaks();
            boolean speaks = member.speak();
            turns |= spoke != speaks;
            Seat seat = member.seat();
            if (speaks && seat != null && !member.coaches()) {
                (seat.wide() ? wides : narrows).add(seat.said(), 0, seat.length(), 1);
            }
        }
        if (turns) {
            turn();
        }
    }

    /** Whether there is more in this frame than the sounds of silence. */
    private boolean says() {
        boolean says = announces;
        for (int m = 0; m < members.size() && !says; m++) {
            Seat seat = members.get(m).seat();
            says = seat != null && seat.says() && !members.get(m).coaches();
        }
        return says;
    }

    private void addAnnouncement() {
        Announcement next = announcements.peek();
        announces = next != null && !members.isEmpty();
        if (next == null || members.isEmpty()) {
            return;
        }
        short[] samples = next.sound().samples();
        int count = Math.min(FRAME, samples.length - announced);
        narrows.add(samples, announced, count, 1);
        announced += count;
        if (announced == samples.length) {
            nextAnnouncement();
        }
    }

    private void nextAnnouncement() {
        announced = 0;
        announcements.remove().over().run();
    }

    private void forgetCommon() {
        mu.ready = false;
        a.ready = false;
        summed = false;
        wideSummed = false;
    }

    /** All that is said, at 8 kHz. */
    private int[] sum() {
        if (!summed) {
            for (int i = 0; i < FRAME; i++) {
                sum[i] = narrows.at(i);
            }
            addCrossed(wides, sum);
            summed = true;
        }
        return sum;
    }

    /** The same at 16 kHz. */
    private int[] wideSum() {
        if (!wideSummed) {
            for (int i = 0; i < WIDE; i++) {
                wideSum[i] = wides.at(i);
            }
            addCrossed(narrows, wideSum);
            wideSummed = true;
        }
        return wideSum;
    }

    private static void addCrossed(Crossing line, int[] to) {
        if (!line.silent()) {
            add(line.crossed(), to, 1);
        }
    }

    /** What this member hears now, at 8 kHz; to be sent before anything else is asked. */
    byte[] heardBy(Party member, G711 law) {
        if (hearsItsOwn(member)) {
            sumOwn(member, sum(), false);
            for (int i = 0; i < FRAME; i++) {
                own[i] = law.encode(clip(ownSum[i]));
            }
            return own;
        }
        return switch (law) {
            case PCMU -> mu.of(sum());
            case PCMA -> a.of(sum());
        };
    }

    /** The same at 16 kHz; the frame is the member's to change. */
    short[] heardWideBy(Party member) {
        sumOwn(member, wideSum(), true);
        for (int i = 0; i < WIDE; i++) {
            ownWide[i] = clip(ownSum[i]);
        }
        return ownWide;
    }

    private boolean hearsItsOwn(Party member) {
        return (member.speaks() && !member.coaches()) || isCoached(member);
    }

    /** Without itself, with who coaches it. */
    private void sumOwn(Party member, int[] all, boolean wide) {
        System.arraycopy(all, 0, ownSum, 0, all.length);
        if (member.speaks() && !member.coaches()) {
            add(member, wide, -1);
        }
        for (int m = 0; m < members.size(); m++) {
            if (members.get(m).coaches(member) && members.get(m).speaks()) {
                add(members.get(m), wide, 1);
            }
        }
    }

    private void add(Party speaker, boolean wide, int sign) {
        Seat seat = speaker.seat();
        if (seat == null) {
            return;
        }
        if (seat.wide() == wide) {
            short[] frame = seat.said();
            for (int i = 0; i < seat.length(); i++) {
                ownSum[i] += sign * frame[i];
            }
        } else {
            add(seat.crossed(), ownSum, sign);
        }
    }

    private static void add(int[] one, int[] to, int sign) {
        for (int i = 0; i < one.length; i++) {
            to[i] += sign * one[i];
        }
    }

    private boolean isCoached(Party member) {
        for (int m = 0; m < members.size(); m++) {
            if (members.get(m).coaches(member) && members.get(m).speaks()) {
                return true;
            }
        }
        return false;
    }

    /** What all hear who say nothing, in one law. */
    private static final class Common {
        // Owned by its mixer.
        private final G711 law;
        private final byte[] frame = new byte[FRAME];
        private boolean ready;

        Common(G711 law) {
            this.law = law;
        }

        byte[] of(int[] sum) {
            if (!ready) {
                for (int i = 0; i < FRAME; i++) {
                    frame[i] = law.encode(clip(sum[i]));
                }
                ready = true;
            }
            return frame;
        }
    }

    static short clip(int sample) {
        return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}

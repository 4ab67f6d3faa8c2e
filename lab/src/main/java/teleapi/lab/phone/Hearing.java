package teleapi.lab.phone;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a phone hears.
 *
 * @param tones the parties' tones among it, in Hz
 * @param otherSound something that is no party's tone: speech, music, ringing
 * @param packets whether RTP comes in at all
 * @param since when it began, on the scale of Time.nanos: the arrival of the first packet that had it
 */
public record Hearing(Set<Integer> tones, boolean otherSound, boolean packets, long since) {
    static final Hearing NOTHING = new Hearing(Set.of(), false, false, 0);

    public Hearing {
        tones = Set.copyOf(tones);
    }

    boolean sameAs(Hearing other) {
        return tones.equals(other.tones) && otherSound == other.otherSound && packets == other.packets;
    }

    /** For people: "440 Hz and 1200 Hz", "silence", "other sound", "nothing". */
    @Override
    public String toString() {
        if (!packets) {
            return "nothing";
        }
        String heard = String.join(
                " and ",
                new TreeSet<>(tones).stream().map(hertz -> hertz + " Hz").toList());
        if (otherSound) {
            return heard.isEmpty() ? "other sound" : heard + " and other sound";
        }
        return heard.isEmpty() ? "silence" : heard;
    }
}

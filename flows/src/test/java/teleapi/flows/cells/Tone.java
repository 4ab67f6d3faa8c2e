package teleapi.flows.cells;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Everything that a cell tells from everything else by ear: the parties' own voices, and what documents play. */
public enum Tone {
    CALLER(1_300),
    BOB(1_500),
    ALICE(1_700),
    CAROL(1_900),
    DAVE(2_100),
    /** What the document plays that is running when the request comes. */
    OLD(2_300),
    /** What the document of the request plays. */
    NEW(2_500),
    /** What ConnectedUrl plays. */
    OTHERS(2_700),
    /** What a parent plays when its Dial is over. */
    AFTER(2_900),
    /** What is played over a call. */
    OVER(3_100),
    /** What a document plays that the application answers late. */
    LATER(3_300);

    private final int hertz;

    /** Above all that ringing, music, speech and beeps are made of; 200 Hz apart and whole waves in 20 ms. */
    Tone(int hertz) {
        this.hertz = hertz;
    }

    public int hertz() {
        return hertz;
    }

    public static List<Integer> all() {
        return Arrays.stream(values()).map(Tone::hertz).toList();
    }

    String file() {
        return "/" + name().toLowerCase(Locale.ROOT) + ".wav";
    }
}

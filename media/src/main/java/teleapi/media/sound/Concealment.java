package teleapi.media.sound;

import java.util.Arrays;

/**
 * Makes up for sound that is lost: what was heard last goes on, period by period, ever softer, and what comes then is faded into.
 *
 * <pre>
 * Shape   10 ms as loud as before, silent after 60 ms
 * Units   samples of the rate it was made for
 * Thread  whose it is
 * Source  the idea of ITU-T G.711 Appendix I
 * </pre>
 */
public final class Concealment {
    // Owned by who made it.
    private final short[] past;
    private final short[] cycle;
    private final int shortest;
    private final int longest;
    private final int window;
    private final int whole;
    private final int silentAfter;
    private final int fade;
    private int period;
    private int phase;
    private int made;
    /** How much of what was heard after it has been faded into. */
    private int faded;
    /** So much of what was before is sound that was heard. */
    private int known;

    private int jump;

    public Concealment(int rate) {
        past = new short[rate / 25];
        shortest = rate / 400;
        longest = rate / 66;
        cycle = new short[longest + 1];
        window = rate / 100;
        whole = rate / 100;
        silentAfter = rate * 60 / 1000;
        fade = rate / 200;
    }

    /** Silence was before. */
    public void forget() {
        Arrays.fill(past, (short) 0);
        known = 0;
        made = 0;
        faded = 0;
    }

    /** Real sound came; its beginning is faded into, where some was made up before. */
    public void hear(short[] samples, int from, int count) {
        if (made > 0) {
            for (int i = 0; i < count && faded < fade; i++) {
                int wanted = made < silentAfter ? next() : 0;
                faded++;
                samples[from + i] = (short) ((samples[from + i] * faded + wanted * (fade - faded)) / fade);
            }
            if (faded == fade) {
                made = 0;
                faded = 0;
            }
        }
        known = Math.min(past.length, known + count);
        int kept = Math.min(count, past.length);
        System.arraycopy(past, kept, past, 0, past.length - kept);
        System.arraycopy(samples, from + count - kept, past, past.length - kept, kept);
    }

    /** Makes up for the next {@code count} samples; false: they are silence, it has been too long. */
    public boolean make(short[] samples, int at, int count) {
        if (faded > 0) {
            made = 0;
            faded = 0;
        }
        if (made == 0) {
            if (known < past.length) {
                // Of a fragment nothing can be made but noise.
                Arrays.fill(samples, at, at + count, (short) 0);
                return false;
            }
            begin();
        }
        boolean audible = made < silentAfter;
        for (int i = 0; i < count; i++) {
            samples[at + i] = made < silentAfter ? (short) next() : 0;
        }
        return audible;
    }

    private int next() {
        int sample = cycle[phase];
        phase = phase + 1 == period ? 0 : phase + 1;
        // Where the last real sample was elsewhere than the cycle begins.
        sample += made < fade ? jump * (fade - made) / fade : 0;
        int softer = Math.max(0, made - whole);
        made++;
        int loud = silentAfter - whole;
        return Math.clamp((long) sample * (loud - softer) / loud, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private void begin() {
        period = findPeriod();
        phase = 0;
        int end = past.length;
        System.arraycopy(past, end - period, cycle, 0, period);
        // The end of the cycle becomes what was before its beginning: it can be put behind itself.
        int quarter = period / 4;
        for (int i = 0; i < quarter; i++) {
            int last = past[end - quarter + i];
            int before = past[end - period - quarter + i];
            cycle[period - quarter + i] = (short) ((last * (quarter - i - 1) + before * (i + 1)) / quarter);
        }
        jump = past[end - 1] - past[end - period - 1];
    }

    /** Where the last 10 ms are most like what was before them. */
    private int findPeriod() {
        int end = past.length;
        int best = longest;
        double likest = 0;
        for (int lag = shortest; lag <= longest; lag++) {
            long alike = 0;
            long energy = 1;
            for (int i = end - window; i < end; i++) {
                alike += past[i] * past[i - lag];
                energy += past[i - lag] * past[i - lag];
            }
            double likeness = alike <= 0 ? 0 : (double) alike * alike / energy;
            // A longer one has to be clearly better: else it is a multiple of the period.
            if (likeness > likest * 1.05) {
                likest = likeness;
                best = lag;
            }
        }
        return best;
    }
}

package teleapi.lab.desk;

import teleapi.lab.phone.Ear;
import teleapi.runtime.Published;

/** How loud it is now, in dBFS. Thread: heard: the phone's loop; level: any. */
final class LevelMeter implements Ear {
    private static final double SILENCE = -96;

    private final Published<Double> level = new Published<>(SILENCE);

    @Override
    public void heard(short[] samples, int count, long nanos) {
        double energy = 0;
        for (int i = 0; i < count; i++) {
            energy += (double) samples[i] * samples[i];
        }
        double full = (double) Short.MAX_VALUE * Short.MAX_VALUE;
        level.set(energy == 0 ? SILENCE : 10 * Math.log10(2 * energy / count / full));
    }

    double level() {
        return level.get();
    }
}

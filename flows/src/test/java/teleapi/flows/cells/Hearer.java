package teleapi.flows.cells;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import teleapi.lab.phone.Ear;
import teleapi.media.dtmf.ToneMeter;

/** Looks into each packet that a phone gets. Thread: the phone's loop. */
public final class Hearer implements Ear {
    private final Player player;
    private final Consumer<Seen> told;
    private final ToneMeter meter =
            ToneMeter.of(Tone.all().stream().mapToDouble(Integer::intValue).toArray());

    public Hearer(Player player, Consumer<Seen> told) {
        this.player = player;
        this.told = told;
    }

    @Override
    public void heard(short[] samples, int count, long nanos) {
        if (meter.hear(samples, 0, count) > 0) {
            Set<Tone> tones = EnumSet.noneOf(Tone.class);
            for (var heard : meter.heard()) {
                for (Tone tone : Tone.values()) {
                    if (Math.round(heard.hertz()) == tone.hertz()) {
                        tones.add(tone);
                    }
                }
            }
            told.accept(new Seen.Packet(player, tones, nanos));
        }
    }
}

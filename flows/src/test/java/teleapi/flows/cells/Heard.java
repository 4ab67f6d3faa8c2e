package teleapi.flows.cells;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import teleapi.lab.phone.Hearing;

/**
 * What a player should hear.
 *
 * @param tones these, and no other tone of the cell; none unless {@code kind} is TONES
 */
record Heard(Kind kind, Set<Tone> tones) {
    enum Kind {
        TONES,
        /** Ringing, music, speech. */
        OTHER,
        SILENCE,
        /** Not even packets. */
        NOTHING
    }

    static final Heard OTHER = new Heard(Kind.OTHER, Set.of());
    static final Heard SILENCE = new Heard(Kind.SILENCE, Set.of());
    static final Heard NOTHING = new Heard(Kind.NOTHING, Set.of());

    Heard {
        tones = Set.copyOf(tones);
    }

    static Heard of(Tone... tones) {
        return new Heard(Kind.TONES, Arrays.stream(tones).collect(Collectors.toSet()));
    }

    static Heard of(Player player) {
        return of(player.voice());
    }

    /** The same, with one more tone; what is not a tone is not told apart beside one. */
    Heard and(Tone more) {
        Set<Tone> both = EnumSet.of(more);
        both.addAll(tones);
        return new Heard(Kind.TONES, both);
    }

    boolean fits(Hearing hearing) {
        return switch (kind) {
            case TONES -> hearing.tones().equals(tones.stream().map(Tone::hertz).collect(Collectors.toSet()));
            case OTHER -> hearing.tones().isEmpty() && hearing.otherSound();
            case SILENCE -> hearing.packets() && hearing.tones().isEmpty() && !hearing.otherSound();
            case NOTHING -> !hearing.packets();
        };
    }

    /** Whether this may still be it: ringing and speech have pauses. */
    boolean goesOn(Hearing hearing) {
        return kind == Kind.OTHER ? hearing.packets() && hearing.tones().isEmpty() : fits(hearing);
    }
}

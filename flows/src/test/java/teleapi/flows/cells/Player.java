package teleapi.flows.cells;

import java.util.Locale;

/** The phones around a cell. */
public enum Player {
    /** Someone out there, who calls our number. */
    CALLER(Tone.CALLER),
    /** A client, and so are the others. */
    BOB(Tone.BOB),
    ALICE(Tone.ALICE),
    CAROL(Tone.CAROL),
    DAVE(Tone.DAVE);

    private final Tone voice;

    Player(Tone voice) {
        this.voice = voice;
    }

    public Tone voice() {
        return voice;
    }

    /** Whether it registers, with a password. */
    public boolean client() {
        return this != CALLER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package teleapi.lab.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import teleapi.lab.phone.Hearing;

/** Those who talk. Each says a tone of its own, so that everyone can tell whom he hears; none is near the 440 and 480 Hz of ringing. */
enum Party {
    /** Someone out there, who calls our number. */
    CALLER(700, "+15550123"),
    /** A client: registers with a password. */
    BOB(900, "bob"),
    /** Another client. */
    ALICE(1_100, "alice"),
    /** A phone that nobody knows but by its SIP URI. */
    SIP(1_300, "guest"),
    /** A telephone behind the carrier's trunk. */
    NUMBER(1_500, "+15550177");

    private final int tone;
    private final String user;

    Party(int tone, String user) {
        this.tone = tone;
        this.user = user;
    }

    int tone() {
        return tone;
    }

    /** The user of its SIP address. */
    String user() {
        return user;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static java.util.List<Integer> tones() {
        return Arrays.stream(values()).map(Party::tone).toList();
    }

    /** Whether these and no others are heard. */
    static boolean heard(Hearing hearing, Set<Party> wanted) {
        return hearing.tones().equals(wanted.stream().map(Party::tone).collect(Collectors.toSet()));
    }

    /** For people: {@code bob + alice}, {@code ringing or music}, {@code silence}. */
    static String heard(Hearing hearing) {
        if (hearing.tones().isEmpty()) {
            return !hearing.packets() ? "nothing" : hearing.otherSound() ? "ringing or music" : "silence";
        }
        return names(Arrays.stream(values())
                .filter(party -> hearing.tones().contains(party.tone))
                .collect(Collectors.toSet()));
    }

    static String names(Set<Party> parties) {
        return parties.stream().sorted().map(Party::toString).collect(Collectors.joining(" + "));
    }
}

package teleapi.media.speech;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import teleapi.media.Sound;

/** One of the many voices that the installed engines have together, for tests that need more than a man and a woman. */
public record Talker(List<String> command) {
    private static final List<String> FLITE = List.of("slt", "rms", "awb", "kal16");

    /** Their accents and variants, how fast and how high: men, women, old ones, one that croaks. */
    private static final List<String> ESPEAK_NG = List.of(
            "en-us+m3 150 50",
            "en-us+f3 150 50",
            "en-gb+m1 130 30",
            "en-gb-scotland+f2 170 70",
            "en-us+m7 190 20",
            "en-gb-x-rp+f4 140 90",
            "en-029+m5 160 60",
            "en-gb-x-gbclan+f1 120 40",
            "en-us+croak 150 45",
            "en-gb-x-gbcwmd+m8 145 10",
            "en-us+klatt2 155 55",
            "en-gb+f5 180 99",
            "en-us+m2 110 75",
            "en-us-nyc+m4 165 35");

    public Talker {
        command = List.copyOf(command);
    }

    /** Those that are installed, women and men of both engines by turns. */
    public static List<Talker> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Path flite = Program.find("flite", path).orElseThrow(() -> new AssertionError("install flite"));
        Path espeak = Program.find("espeak-ng", path).orElseThrow(() -> new AssertionError("install espeak-ng"));
        List<Talker> talkers = new ArrayList<>();
        for (int i = 0; i < ESPEAK_NG.size(); i++) {
            String[] how = ESPEAK_NG.get(i).split(" ", 3);
            talkers.add(new Talker(List.of(
                    espeak.toString(),
                    "-v",
                    how[0],
                    "-s",
                    how[1],
                    "-p",
                    how[2],
                    "-b",
                    "1",
                    "--stdin",
                    "-w",
                    Program.OUT)));
            if (i < FLITE.size()) {
                talkers.add(new Talker(
                        List.of(flite.toString(), "-voice", FLITE.get(i), "-f", "/dev/stdin", "-o", Program.OUT)));
            }
        }
        return talkers;
    }

    /** At most 16 KiB. */
    public Sound says(String text) {
        return Sound.wav(Program.run(command, text));
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}

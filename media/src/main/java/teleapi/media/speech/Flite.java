package teleapi.media.speech;

import java.nio.file.Path;
import java.util.List;
import teleapi.media.Sound;

/** Flite as a process: English. Its voice option also takes paths and URLs, so only names known here reach it. */
record Flite(Path program) implements Speaker {
    @Override
    public String name() {
        return "flite";
    }

    @Override
    public boolean speaks(Language language) {
        return language.isEnglish();
    }

    @Override
    public Sound say(String text, Language language, String voice) {
        String known = switch (voice) {
            case "slt", "rms", "awb", "kal", "kal16" -> voice;
            case "woman" -> "slt";
            default -> language.tag().equals("en-gb") ? "awb" : "rms";
        };
        return Sound.wav(
                Program.run(List.of(program.toString(), "-voice", known, "-f", "/dev/stdin", "-o", Program.OUT), text));
    }
}

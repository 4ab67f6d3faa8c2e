package teleapi.media.speech;

import java.nio.file.Path;
import java.util.Optional;

/** The recogniser of this machine, if there is one. */
public final class InstalledRecogniser {
    private InstalledRecogniser() {}

    /**
     * Looks on the PATH.
     *
     * @param wanted none, or anything else (auto, pocketsphinx): what is there
     */
    public static Optional<Recogniser> find(String wanted) {
        return find(wanted, Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    static Optional<Recogniser> find(String wanted, String path) {
        if (wanted.equals("none")) {
            return Optional.empty();
        }
        Optional<Path> nice = Program.find("nice", path);
        return Program.find("pocketsphinx_batch", path).flatMap(program -> PocketSphinx.of(program, nice));
    }
}

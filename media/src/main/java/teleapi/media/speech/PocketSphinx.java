package teleapi.media.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import teleapi.media.SoundException;

/**
 * PocketSphinx as a process: American English, with hints as a grammar of its own, without them by its general language model.
 *
 * <p>A grammar always finds something, also in a cough. So the same sound is understood a second time as any sequence of phones; how much better
 * the hint explains it than that is the confidence, and a hint that explains it much worse was not said.
 *
 * <pre>
 * Shape   8 kHz in; its model wants 16 kHz, of which the upper half stays empty
 * Thread  any; waits for the process, with a limit
 * Errors  SoundException: not started, too slow, failed, no hint with words it knows
 * Source  measured: ADR-0022
 * </pre>
 */
final class PocketSphinx implements Recogniser {
    private static final Path DICTIONARY = Path.of("/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict");

    /** Its own start, some 0.2 s on an idle machine. */
    private static final Duration START = Duration.ofSeconds(5);

    /** How much longer than the sound it may take: a grammar a tenth of it, dictation as long as it, on an idle machine. */
    private static final int SLOWNESS = 4;

    private static final int SAMPLES_PER_SECOND = 8_000;
    private static final int SAMPLES_PER_FRAME = 80;

    /** Per 10 ms, in its unit of log probability. What is in the grammar has some 3 to 10 more than its phones, what is not some 5 to 15 less. */
    private static final double EVEN = -1.5;

    private static final double SCALE = 1.5;
    private static final double LEAST_CONFIDENCE = 0.2;

    /** The language model's scores are no measure of that. */
    private static final double CONFIDENCE_OF_DICTATION = 0.5;

    private static final String TEXT = "text";

    private final Path program;
    private final Path dictionary;
    private final List<String> nice;

    /** What it said: {@code words (name score)}. */
    private record Hypothesis(String words, long score) {
        static Hypothesis of(byte[] printed) {
            String line = new String(printed, StandardCharsets.UTF_8).strip();
            int open = line.lastIndexOf('(');
            int space = line.lastIndexOf(' ');
            if (open < 0 || space < open || !line.endsWith(")")) {
                return new Hypothesis("", 0);
            }
            String score = line.substring(space + 1, line.length() - 1);
            return score.matches("-?[0-9]{1,15}")
                    ? new Hypothesis(line.substring(0, open).strip(), Long.parseLong(score))
                    : new Hypothesis("", 0);
        }
    }

    private PocketSphinx(Path program, Path dictionary, List<String> nice) {
        this.program = program;
        this.dictionary = dictionary;
        this.nice = nice;
    }

    /**
     * Empty when its model is not there.
     *
     * @param nice what makes a process give way to others; empty: nothing
     */
    static Optional<PocketSphinx> of(Path program, Optional<Path> nice) {
        return of(program, nice, DICTIONARY);
    }

    static Optional<PocketSphinx> of(Path program, Optional<Path> nice, Path dictionary) {
        return Files.isReadable(dictionary)
                ? Optional.of(new PocketSphinx(
                        program,
                        dictionary,
                        nice.map(path -> List.of(path.toString(), "-n", "10")).orElse(List.of())))
                : Optional.empty();
    }

    @Override
    public String name() {
        return "pocketsphinx";
    }

    @Override
    public boolean understands(String language) {
        return Language.of(language).isEnglish()
                && language.toLowerCase(java.util.Locale.ROOT).startsWith("en");
    }

    @Override
    public Heard recognise(short[] samples, Expected expected) {
        Duration limit = START.plusSeconds((long) SLOWNESS * samples.length / SAMPLES_PER_SECOND);
        try {
            Path folder = Files.createTempDirectory("teleapi-recogniser");
            try {
                write(folder, samples);
                return expected.hints().isEmpty()
                        ? dictated(folder, limit)
                        : ofGrammar(folder, samples.length, expected, limit);
            } finally {
                delete(folder);
            }
        } catch (IOException | UncheckedIOException failed) {
            throw new SoundException(name() + " could not be run: " + failed.getMessage());
        }
    }

    private Heard dictated(Path folder, Duration limit) {
        String words = run(folder, limit, List.of()).words();
        return words.isEmpty() ? Heard.NOTHING : new Heard(words, CONFIDENCE_OF_DICTATION);
    }

    private Heard ofGrammar(Path folder, int length, Expected expected, Duration limit) throws IOException {
        HintGrammar grammar = HintGrammar.of(expected.hints(), dictionary);
        if (grammar.empty()) {
            throw new SoundException(name() + " knows the words of none of the hints");
        }
        Files.writeString(folder.resolve("words"), grammar.dictionary());
        Files.writeString(folder.resolve("hints"), grammar.grammar());
        Hypothesis hint = run(folder, limit, grammarOptions(folder, "hints"));
        String text = grammar.phrase(hint.words());
        if (text.isEmpty() || expected.provisional()) {
            return new Heard(text, text.isEmpty() ? 0 : CONFIDENCE_OF_DICTATION);
        }
        Files.writeString(folder.resolve("phones"), HintGrammar.phones());
        Hypothesis phones = run(folder, limit, grammarOptions(folder, "phones"));
        double better = (hint.score() - phones.score()) / (double) Math.max(1, length / SAMPLES_PER_FRAME);
        double confidence = 1 / (1 + Math.exp((EVEN - better) / SCALE));
        return confidence < LEAST_CONFIDENCE ? Heard.NOTHING : new Heard(text, confidence);
    }

    private static List<String> grammarOptions(Path folder, String grammar) {
        return List.of(
                "-dict",
                folder.resolve("words").toString(),
                "-jsgf",
                folder.resolve(grammar).toString());
    }

    private Hypothesis run(Path folder, Duration limit, List<String> more) {
        List<String> command = new ArrayList<>(nice);
        command.addAll(List.of(
                program.toString(),
                "-adcin",
                "yes",
                "-cepdir",
                folder.toString(),
                "-cepext",
                ".raw",
                "-ctl",
                folder.resolve("list").toString(),
                "-hyp",
                Program.OUT,
                "-logfn",
                "/dev/null"));
        command.addAll(more);
        return Hypothesis.of(Program.run(command, "", limit));
    }

    private static void write(Path folder, short[] samples) throws IOException {
        short[] doubled = twice(samples);
        ByteBuffer bytes = ByteBuffer.allocate(2 * doubled.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(doubled);
        Files.write(folder.resolve(TEXT + ".raw"), bytes.array());
        Files.writeString(folder.resolve("list"), TEXT + "\n");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** At twice the rate: between two samples lies what a windowed sinc says. */
    static short[] twice(short[] in) {
        int half = 16;
        double[] sides = new double[half];
        for (int k = 0; k < half; k++) {
            double place = k + 0.5;
            double window = 0.5 + 0.5 * Math.cos(Math.PI * place / half);
            sides[k] = Math.sin(Math.PI * place) / (Math.PI * place) * window;
        }
        short[] out = new short[2 * in.length];
        for (int i = 0; i < in.length; i++) {
            double sum = 0;
            for (int k = 0; k < half; k++) {
                int before = i - k < 0 ? 0 : in[i - k];
                int after = i + 1 + k >= in.length ? 0 : in[i + 1 + k];
                sum += sides[k] * (before + after);
            }
            out[2 * i] = in[i];
            out[2 * i + 1] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return out;
    }
}

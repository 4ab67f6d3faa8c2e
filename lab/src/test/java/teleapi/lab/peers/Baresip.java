package teleapi.lab.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * baresip as a phone without hardware: plays its tone from a file, records what it hears, and is told what to do over ctrl_tcp.
 *
 * <pre>
 * Thread  the test's; events are told from the thread that reads the control connection
 * Errors  AssertionError when baresip is missing or does not do what it was told
 * </pre>
 */
final class Baresip implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Between the free port being found and baresip taking it, another program may. */
    private static final int TRIES = 3;

    private static final int RATE = 8_000;

    private static final String TONE = "tone.wav";

    private final Voice voice;
    private final int sipPort;
    private final Child child;
    private final Socket control;
    private final Happenings<String> lines;
    private final Happenings<JsonNode> happenings;
    private final Path folder;
    private final int rate;
    private final Tape tape;

    private Baresip(
            Voice voice, Path folder, int rate, int sipPort, Child child, Happenings<String> lines, Socket control) {
        this.voice = voice;
        this.sipPort = sipPort;
        this.child = child;
        this.control = control;
        this.lines = lines;
        this.happenings = new Happenings<>(voice.name());
        this.folder = folder;
        this.rate = rate;
        this.tape = new Tape(voice, folder);
        Thread.ofPlatform().daemon().name(voice.name() + " control").start(this::follow);
    }

    static Baresip start(Voice voice, Path parent) {
        return start(voice, parent, "");
    }

    /** With one contact, to whom it can send texts. */
    static Baresip start(Voice voice, Path parent, String contact) {
        return start(voice, parent, contact, RATE);
    }

    /** What it says has this rate: its way from 8 up to 16 kHz takes 9 dB from a tone of 1.2 kHz, and more from higher ones. */
    static Baresip start(Voice voice, Path parent, int rate) {
        return start(voice, parent, "", rate);
    }

    private static Baresip start(Voice voice, Path parent, String contact, int rate) {
        var failures = new ArrayList<String>();
        while (failures.size() < TRIES) {
            Optional<Baresip> started = tryToStart(voice, parent, contact, rate, failures);
            if (started.isPresent()) {
                return started.get();
            }
        }
        throw new AssertionError(voice.name() + ": baresip did not get ready:\n" + String.join("\n", failures));
    }

    private static Optional<Baresip> tryToStart(
            Voice voice, Path parent, String contact, int rate, List<String> failures) {
        String program = Child.installed("baresip", "baresip-core");
        int port = Sipp.freePort();
        int sipPort = Sipp.freePort();
        Path folder;
        try {
            folder = Files.createTempDirectory(parent, voice.name());
            Files.writeString(folder.resolve("config"), config(folder, sipPort, port, rate));
            Files.writeString(folder.resolve("accounts"), "");
            Files.writeString(folder.resolve("contacts"), contact.isEmpty() ? "" : "\"contact\" <" + contact + ">\n");
            Tape.write(folder.resolve(TONE), voice.tone(), rate);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var lines = new Happenings<String>(voice.name());
        // Its output into a pipe would otherwise come in blocks of 4 KB.
        var command =
                List.of(Child.installed("stdbuf", "coreutils"), "-oL", program, "-4", "-s", "-f", folder.toString());
        var child = Child.start(voice.name(), folder, Map.of(), command, lines::add, lines::add);
        child.whenEnded(lines::end);
        if (!lines.comesWithin(Happenings.PATIENCE, line -> line.contains("baresip is ready"))) {
            child.close();
            failures.add(child.output());
            return Optional.empty();
        }
        try {
            return Optional.of(new Baresip(voice, folder, rate, sipPort, child, lines, new Socket(Sipp.HOST, port)));
        } catch (IOException portTaken) {
            child.close();
            failures.add(portTaken.getMessage() + "\n" + child.output());
            return Optional.empty();
        }
    }

    private static String config(Path folder, int sipPort, int port, int rate) throws IOException {
        try (InputStream template = Baresip.class.getResourceAsStream("baresip.config")) {
            return new String(Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${folder}", folder.toString())
                    .replace("${rtp}", "30000-32767")
                    .replace("${modules}", modules().toString())
                    .replace("${rate}", Integer.toString(rate))
                    .replace("${sip}", Integer.toString(sipPort))
                    .replace("${control}", Integer.toString(port));
        }
    }

    private static Path modules() throws IOException {
        try (Stream<Path> folders = Stream.of(
                Path.of("/usr/lib/baresip/modules"),
                Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"),
                Path.of("/usr/lib/aarch64-linux-gnu/baresip/modules"),
                Path.of("/usr/local/lib/baresip/modules"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("ctrl_tcp.so")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("baresip's modules are not where Debian puts them"));
        }
    }

    // ---- what it is told

    /** Registers a client of a registrar's; answers by itself when {@code answers}. Waits for the outcome. */
    boolean registers(
            String user, String password, InetSocketAddress registrar, boolean answers, String... parameters) {
        return registers(user, password, registrar, answers, "PCMU/8000/1,PCMA/8000/1", parameters);
    }

    /** The same, and speaks these codecs alone, as baresip names them. */
    boolean registersSpeaking(
            String codecs, String user, String password, InetSocketAddress registrar, String... parameters) {
        return registers(user, password, registrar, true, codecs, parameters);
    }

    private boolean registers(
            String user,
            String password,
            InetSocketAddress registrar,
            boolean answers,
            String codecs,
            String... parameters) {
        tell(
                "uanew",
                "<sip:" + user + "@" + registrar.getHostString() + ":" + registrar.getPort()
                        + (parameters.length > 0 ? ";" + String.join(";", parameters) : "") + ">;auth_user=" + user
                        + ";auth_pass=" + password
                        + ";regint=600;audio_codecs=" + codecs + ";answermode="
                        + (answers ? "auto" : "manual"));
        return takes("REGISTER_OK or _FAIL", "REGISTER_OK", "REGISTER_FAIL").equals("REGISTER_OK");
    }

    /** Takes calls directly, without a registrar; answers where. */
    InetSocketAddress listens(boolean answers) {
        tell("uanew", "<sip:" + voice.name() + "@127.0.0.1>;regint=0;answermode=" + (answers ? "auto" : "manual"));
        return new InetSocketAddress(Sipp.HOST, sipPort);
    }

    void call(String target) {
        tell("dial", target);
    }

    void answer() {
        tell("accept", "");
    }

    void hangUp() {
        tell("hangup", "");
    }

    /** Its transfer key: blind. */
    void transfer(String target) {
        tell("transfer", target);
    }

    /** Sends a text to its contact. */
    void texts(String text) {
        tell("message", text);
    }

    void hold() {
        tell("hold", "");
    }

    void resume() {
        tell("resume", "");
    }

    /** Presses a key, as an event in its sound. */
    void press(char key) {
        tell("sndcode", String.valueOf(key));
    }

    /** Says this of 8 kHz instead of its tone, and then nothing. */
    void says(short[] samples) {
        try {
            Path file = Files.createTempFile(folder, "said", ".wav");
            Tape.writeOnce(file, samples, rate);
            tell("ausrc", "aufile," + file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Says its tone again, from the beginning. */
    void saysItsTone() {
        tell("ausrc", "aufile," + folder.resolve(TONE));
    }

    private void tell(String command, String parameters) {
        var json = JSON.createObjectNode()
                .put("command", command)
                .put("params", parameters)
                .put("token", command);
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        try {
            var out = control.getOutputStream();
            // A netstring: length, colon, bytes, comma.
            out.write((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write(',');
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        JsonNode answer = happenings.take(
                "answer to " + command,
                node -> node.path("response").asBoolean()
                        && node.path("token").asText().equals(command));
        if (!answer.path("ok").asBoolean()) {
            throw new AssertionError(
                    voice.name() + ": " + command + " " + parameters + ": " + answer + "\n" + child.output());
        }
    }

    // ---- what happens to it

    private void follow() {
        try (var in = control.getInputStream()) {
            while (true) {
                int length = 0;
                for (int c = in.read(); c != ':'; c = in.read()) {
                    if (c < '0' || c > '9') {
                        happenings.end();
                        return;
                    }
                    length = 10 * length + c - '0';
                }
                byte[] bytes = in.readNBytes(length);
                if (in.read() < 0) {
                    happenings.end();
                    return;
                }
                happenings.add(JSON.readTree(bytes));
            }
        } catch (JsonProcessingException notJson) {
            happenings.add(JSON.createObjectNode().put("not JSON", notJson.getMessage()));
        } catch (IOException closed) {
            happenings.end();
        }
    }

    /** Waits for an event, such as CALL_ESTABLISHED or CALL_CLOSED. */
    void takes(String type) {
        takes(type, new String[] {type});
    }

    /** Waits for a key that is pressed at the other end. */
    void takesKey(char key) {
        happenings.take(
                "key " + key,
                node -> node.path("type").asText().equals("CALL_DTMF_START")
                        && node.path("param").asText().equals(String.valueOf(key)));
    }

    /** What has happened to it until now is of no interest any more. */
    void forget() {
        happenings.forget();
    }

    private String takes(String what, String... types) {
        try {
            return happenings
                    .take(
                            what,
                            node -> List.of(types).contains(node.path("type").asText()))
                    .path("type")
                    .asText();
        } catch (AssertionError missing) {
            throw new AssertionError(missing.getMessage() + "\n" + child.output(), missing);
        }
    }

    /**
     * Waits until it says that sound comes, or that none does: a line such as {@code audio=64000/0 (bit/s)}, sent and received. Its recording
     * is over once it has held a call.
     */
    void awaitSound(boolean comes) {
        lines.forget();
        lines.take(comes ? "sound" : "end of the sound", line -> {
            int slash = line.indexOf('/', Math.max(0, line.indexOf("audio=")));
            return line.contains("(bit/s)") && line.startsWith("/0 ", slash) != comes;
        });
    }

    /** Waits until it shows a text that came. */
    void shows(String text) {
        lines.take("text", line -> line.contains(text));
    }

    /** All that it said, its SIP messages among it. */
    String output() {
        return child.output();
    }

    Recording hears() {
        return tape.recording();
    }

    /** The files it has recorded, one for each call, the oldest first. */
    List<Path> recordings() {
        return tape.files();
    }

    @Override
    public void close() {
        try {
            control.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            child.close();
            tape.close();
        }
    }
}

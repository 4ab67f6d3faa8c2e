package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server with an application and eight phones, for the tests of a class: two for each codec, which speak it alone. */
abstract class WithEveryCodec {
    static final List<String> CODECS = List.of("PCMU/8000/1", "PCMA/8000/1", "G722/16000/1", "opus/48000/2");
    static final List<Integer> TONES = List.of(460, 570, 680, 790, 900, 1010, 1120, 1230);

    /** What lies in the sound folder as {@code prompt.wav}, and at the application, for a second. */
    static final int PROMPT = 350;

    /** What a bot says, where there is one. */
    static final int BOT = 1340;

    static final Set<Integer> ALL =
            Stream.concat(TONES.stream(), Stream.of(PROMPT, BOT)).collect(Collectors.toUnmodifiableSet());

    static final String PLAY = "<Play loop=\"0\">store:prompt.wav</Play>";

    /** A phone that speaks one codec alone; {@code number} leads to a document of its own. */
    record Speaker(Voice voice, String codec, Baresip phone, String number) {
        int tone() {
            return voice.tone();
        }

        String client() {
            return voice.name();
        }

        /** Where the document of its number is. */
        String document() {
            return "/incoming-" + client();
        }

        @Override
        public String toString() {
            return codec;
        }
    }

    /** Two who are to talk, in all pairs of codecs. */
    record Pair(Speaker caller, Speaker called) {
        /** Four pairs that have nobody in common, so often that all pairs have come. */
        static List<List<Pair>> rounds() {
            List<List<Pair>> rounds = new ArrayList<>();
            for (int shift = 0; shift < CODECS.size(); shift++) {
                List<Pair> round = new ArrayList<>();
                for (int i = 0; i < CODECS.size(); i++) {
                    round.add(new Pair(CALLERS.get(i), CALLED.get((i + shift) % CODECS.size())));
                }
                rounds.add(round);
            }
            return rounds;
        }
    }

    static final List<Speaker> CALLERS = new ArrayList<>();
    static final List<Speaker> CALLED = new ArrayList<>();

    @TempDir
    static Path folder = Path.of("");

    static ApplicationServer application;
    static Product teleapi;

    @BeforeAll
    static void open() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path prompt = Files.createDirectory(data.resolve("sounds")).resolve("prompt.wav");
        Tape.write(prompt, PROMPT, 8_000, 1);
        application = new ApplicationServer(Product.TOKEN);
        application.hasSound("/prompt.wav", Files.readAllBytes(prompt));
        teleapi = Product.start(data);
        for (int i = 0; i < TONES.size(); i++) {
            boolean calls = i < CODECS.size();
            String codec = CODECS.get(i % CODECS.size());
            var voice = new Voice("phone" + i, TONES.get(i), ALL);
            var phone = Baresip.start(voice, folder, codec.startsWith("G722") ? 16_000 : 8_000);
            var speaker = new Speaker(voice, codec, phone, "+1555010" + i);
            (calls ? CALLERS : CALLED).add(speaker);
            teleapi.hasNumber(
                    speaker.number(),
                    application.url(speaker.document()),
                    application.url("/status"),
                    application.url("/sms"));
            teleapi.hasClient(voice.name());
            assertTrue(
                    speaker.phone()
                            .registersSpeaking(codec, voice.name(), Product.password(voice.name()), teleapi.sip()),
                    speaker.phone()::output);
        }
    }

    @AfterAll
    static void close() {
        Stream.concat(CALLERS.stream(), CALLED.stream())
                .forEach(one -> one.phone().close());
        CALLERS.clear();
        CALLED.clear();
        teleapi.close();
        application.close();
    }

    @AfterEach
    void nothingIsLeft() {
        teleapi.awaitIdle();
        application.forget();
    }

    /** Its call runs this; answers the call's Sid. */
    static String calls(Speaker caller, String verbs) {
        application.has(caller.document(), verbs);
        caller.phone().forget();
        caller.phone().call(user(caller.number()));
        caller.phone().takes("CALL_ESTABLISHED");
        return application.isAsked(caller.document()).parameter("CallSid");
    }

    static void hangsUp(Speaker... parties) {
        for (Speaker party : parties) {
            party.phone().hangUp();
        }
        teleapi.awaitIdle();
    }

    static void hears(Speaker listener, Integer... tones) {
        listener.phone().hears().awaitTones(Set.of(tones));
    }

    static String user(String name) {
        return "sip:" + name + "@127.0.0.1:" + teleapi.sip().getPort();
    }

    /** Does this with all of them at the same time; when it is wrong with some, says with which. */
    static <T> void together(List<T> all, Consumer<T> done) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            all.forEach(one -> running.add(threads.submit(() -> done.accept(one))));
            var wrong = new AssertionError("wrong with some");
            for (int i = 0; i < running.size(); i++) {
                try {
                    running.get(i).get();
                } catch (ExecutionException failure) {
                    wrong.addSuppressed(new AssertionError(all.get(i).toString(), failure.getCause()));
                }
            }
            if (wrong.getSuppressed().length > 0) {
                throw wrong;
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.Test;
import teleapi.lab.demo.BotHost;
import teleapi.media.Sound;
import teleapi.media.sound.Samples;
import teleapi.media.sound.WavFile;
import teleapi.media.speech.InstalledSpeech;
import teleapi.runtime.real.RealWorld;

/** The verbs that a phone has to do with alone, a phone that is sent on, and what is done to a live call; in every codec, and every pair. */
final class VerbsWithRealPeersTest extends WithEveryCodec {
    private static final String WORDS = "We are open from nine to five.";

    /** Of a codec's delay line, its rounding and some packets that came late. */
    private static final double ALIKE = 0.9;

    private static Samples spoken(String text) {
        Sound sound = InstalledSpeech.find("auto").speak(text, "en-US", "man");
        return new Samples(8_000, sound.samples());
    }

    private static Samples sound(Path file) {
        try {
            return WavFile.read(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String action(Speaker speaker, String path) {
        return " action=\"" + application.url(path + "-" + speaker.client()) + "\"";
    }

    private static ApplicationServer.Asked isAsked(Speaker speaker, String path) {
        return application.isAsked(path + "-" + speaker.client());
    }

    @Test
    void whatADocumentSaysIsHeardAsItIsSpoken() {
        // issue 4: who hears whom for every verb and codec; Say
        Samples words = spoken(WORDS);
        together(CALLERS, caller -> {
            calls(caller, "<Say>" + WORDS + "</Say><Hangup/>");
            caller.phone().takes("CALL_CLOSED");
            double alike = Likeness.of(words, sound(caller.phone().recordings().getLast()));
            assertTrue(alike > ALIKE, () -> "the words are in what it heard by " + alike);
        });
    }

    @Test
    void aPauseIsSilentForItsTime() {
        // issue 4: who hears whom for every verb and codec; Pause
        together(CALLERS, caller -> {
            calls(caller, "<Play>store:prompt.wav</Play><Pause length=\"2\"/>" + PLAY);
            hears(caller, PROMPT);
            hears(caller);
            long silent = System.nanoTime();
            hears(caller, PROMPT);
            double seconds = (System.nanoTime() - silent) / 1e9;
            // The silence had lasted for 0.2 s when it was certain, and so had the tone.
            assertEquals(2.0, seconds, 0.4);
            caller.phone().hangUp();
        });
    }

    @Test
    void keysOfAPhoneCutThePromptAndAreGathered() {
        // issue 4: Gather with nested Play, DTMF by RFC 4733, with every codec's clock
        together(CALLERS, caller -> {
            calls(
                    caller,
                    "<Gather numDigits=\"2\" timeout=\"30\"" + action(caller, "/keys") + ">" + PLAY + "</Gather>");
            hears(caller, PROMPT);
            caller.phone().press('4');
            hears(caller);
            caller.phone().press('7');
            assertEquals("47", isAsked(caller, "/keys").parameter("Digits"));
            caller.phone().takes("CALL_CLOSED");
        });
    }

    @Test
    void tonesInTheSoundCutThePromptAndAreGathered() {
        // issue 4: DTMF in the sound, by every codec; each key once
        together(CALLERS, caller -> {
            calls(
                    caller,
                    "<Gather finishOnKey=\"#\" timeout=\"2\"" + action(caller, "/tones") + ">" + PLAY + "</Gather>");
            hears(caller, PROMPT);
            caller.phone().says(TouchTones.of("159*0"));
            hears(caller);
            assertEquals("159*0", isAsked(caller, "/tones").parameter("Digits"));
            caller.phone().takes("CALL_CLOSED");
            caller.phone().saysItsTone();
        });
    }

    @Test
    void whatAPhoneSaysIsRecordedUntilItIsQuiet() {
        // issue 4: recordings compared with what was sent; Record, ended by silence
        Samples words = spoken(WORDS);
        together(CALLERS, caller -> {
            calls(
                    caller,
                    "<Play>store:prompt.wav</Play><Record timeout=\"2\" playBeep=\"false\" trim=\"do-not-trim\""
                            + action(caller, "/recorded") + "/>");
            hears(caller, PROMPT);
            hears(caller);
            caller.phone().says(words.values());
            String recording = isAsked(caller, "/recorded").parameter("RecordingSid");
            caller.phone().takes("CALL_CLOSED");
            caller.phone().saysItsTone();
            double alike = Likeness.of(words, WavFile.read(teleapi.sound(recording)));
            assertTrue(alike > ALIKE, () -> "the words are in the recording by " + alike);
        });
    }

    @Test
    void whoIsReferredTalksToTheTarget() {
        // issue 4: who hears whom for every codec pair; Refer
        for (List<Pair> round : Pair.rounds()) {
            together(round, pair -> {
                Speaker caller = pair.caller();
                // What a phone hears is kept by the second in which it called: there must be one between its calls.
                calls(
                        caller,
                        "<Play>store:prompt.wav</Play><Refer" + action(caller, "/referred") + "><Sip>"
                                + user(pair.called().client()) + "</Sip></Refer>");
                hears(caller, PROMPT);
                ApplicationServer.Asked referred = isAsked(caller, "/referred");
                assertEquals("completed", referred.parameter("ReferCallStatus"));
                new Talk(Talker.of(caller), "", Talker.of(pair.called()), "").isOn();
                pair.called().phone().hangUp();
            });
            teleapi.awaitIdle();
        }
    }

    @Test
    void aBotHearsAPhoneAndIsHeard() throws Exception {
        // issue 4: streams, both directions, in every codec; Connect
        withBots((host, bots) -> together(CALLERS, caller -> {
            Bot bot = bots.apply(caller);
            calls(caller, "<Connect><Stream url=\"" + host.url("/" + caller.client()) + "\"/></Connect>" + PLAY);
            Session session = bot.isConnected();
            bot.inbound().awaitTones(Set.of(caller.tone()));
            bot.says(session, 20);
            hears(caller, BOT);
            caller.phone().press('5');
            assertEquals("5", bot.isTold("dtmf").at("/dtmf/digit").asText());
            bot.hangsUp(session);
            hears(caller, PROMPT);
            caller.phone().hangUp();
        }));
    }

    @Test
    void whatIsDoneToALiveCallIsHeardByBoth() throws Exception {
        // issue 4: who hears whom for every codec pair; mute, deaf, hold, whisper, overlay, keys, fork
        withBots((host, bots) -> {
            for (List<Pair> round : Pair.rounds()) {
                together(round, pair -> {
                    Speaker caller = pair.caller();
                    Speaker called = pair.called();
                    called.phone().forget();
                    String sid = calls(caller, "<Dial><Client>" + called.client() + "</Client></Dial>");
                    called.phone().takes("CALL_ESTABLISHED");
                    String leg = teleapi.legTo("client:" + called.client());
                    new Talk(Talker.of(caller), sid, Talker.of(called), leg).isChanged();

                    modify(leg, "SendDigits", "6");
                    called.phone().takesKey('6');

                    String url = host.url("/" + caller.client());
                    teleapi.expect(201, teleapi.post("Calls/" + sid + "/Streams", "Url", url, "Track", "both_tracks"));
                    Bot ear = bots.apply(caller);
                    ear.isConnected();
                    ear.inbound().awaitTones(Set.of(caller.tone()));
                    ear.outbound().awaitTones(Set.of(called.tone()));
                    caller.phone().hangUp();
                    assertEquals("ended", ear.isTold("stop").at("/stop/reason").asText());
                    called.phone().takes("CALL_CLOSED");
                });
                teleapi.awaitIdle();
            }
        });
    }

    @Test
    void aCarriersCallIsChangedAsAPhonesIs() {
        // issue 4: sipp as a peer; its µ-law with every codec
        together(Pair.rounds().getFirst(), pair -> {
            Speaker number = pair.caller();
            Speaker called = pair.called();
            called.phone().forget();
            application.has(number.document(), "<Dial><Client>" + called.client() + "</Client></Dial>");
            try (Sipp carrier =
                    Sipp.call(number.voice(), "caller", folder, "+15550111", number.number(), teleapi.sip())) {
                called.phone().takes("CALL_ESTABLISHED");
                String sid = application.isAsked(number.document()).parameter("CallSid");
                String leg = teleapi.legTo("client:" + called.client());
                var far = new Talker(
                        number.tone(), carrier.hears(), key -> carrier.handset().press(key.toString()));
                new Talk(far, sid, Talker.of(called), leg).isChanged();
                carrier.nudge();
                carrier.succeeds();
                called.phone().takes("CALL_CLOSED");
            }
        });
    }

    /** Who talks, whatever it is; {@code presses} a key of it. */
    private record Talker(int tone, Recording hears, Consumer<Character> presses) {
        static Talker of(Speaker speaker) {
            return new Talker(speaker.tone(), speaker.phone().hears(), speaker.phone()::press);
        }
    }

    /** A bridge of two, who are changed by the Sids of their legs. */
    private record Talk(Talker caller, String sid, Talker called, String leg) {
        /** Waits until both hear this at the same time. */
        void hear(Set<Integer> byCaller, Set<Integer> byCalled) {
            together(List.of(caller, called), one -> one.hears().awaitTones(one.equals(caller) ? byCaller : byCalled));
        }

        void isOn() {
            hear(Set.of(called.tone()), Set.of(caller.tone()));
        }

        /** Each control in turn, and back. */
        void isChanged() {
            isOn();
            modify(sid, "Mute", "true");
            hear(Set.of(called.tone()), Set.of());
            modify(sid, "Mute", "false", "Deaf", "true");
            hear(Set.of(), Set.of(caller.tone()));
            modify(sid, "Deaf", "false");
            isOn();

            modify(leg, "Hold", "true", "HoldUrl", application.url("/prompt.wav"));
            hear(Set.of(), Set.of(PROMPT));
            modify(leg, "Hold", "false");
            isOn();

            modify(sid, "Play", application.url("/prompt.wav"), "Loop", "0", "Legs", "other");
            hear(Set.of(called.tone()), Set.of(PROMPT, caller.tone()));
            modify(sid, "StopPlay", "all");
            isOn();

            String over = "<Response><Gather numDigits=\"1\" timeout=\"30\">" + PLAY + "</Gather></Response>";
            modify(sid, "Rcml", over, "Mode", "overlay");
            hear(Set.of(PROMPT), Set.of());
            caller.presses().accept('8');
            isOn();
        }
    }

    private static void modify(String call, String... form) {
        teleapi.expect(200, teleapi.post("Calls/" + call, form));
    }

    /** With a WebSocket server that has a bot for each caller, at its name. */
    private static void withBots(BiConsumer<BotHost, Function<Speaker, Bot>> done) throws Exception {
        List<Bot> bots = new ArrayList<>();
        var paths = new TreeMap<String, Supplier<Object>>();
        for (Speaker caller : CALLERS) {
            var bot = new Bot(new Voice("bot of " + caller, BOT, ALL));
            bots.add(bot);
            paths.put("/" + caller.client(), bot::listener);
        }
        var host = new BotHost(RealWorld.create(), paths);
        try {
            done.accept(host, caller -> bots.get(CALLERS.indexOf(caller)));
        } finally {
            host.close();
        }
    }
}

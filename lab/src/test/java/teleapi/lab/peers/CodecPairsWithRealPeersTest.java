package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import teleapi.media.dtmf.ToneMeter;
import teleapi.media.sound.WavFile;

/** Who hears whom, for every verb that joins and every pair of codecs, between eight phones: two for each codec. */
final class CodecPairsWithRealPeersTest extends WithEveryCodec {
    @Test
    void twoTalkWhateverEachOfThemSpeaks() {
        // issue 4: who hears whom for every codec pair; Dial
        for (List<Pair> round : Pair.rounds()) {
            together(round, pair -> {
                Speaker caller = pair.caller();
                Speaker called = pair.called();
                called.phone().forget();
                calls(caller, "<Dial><Client>" + called.client() + "</Client></Dial>");
                called.phone().takes("CALL_ESTABLISHED");
                hears(caller, called.tone());
                hears(called, caller.tone());
                caller.phone().hangUp();
                called.phone().takes("CALL_CLOSED");
            });
            teleapi.awaitIdle();
        }
    }

    @Test
    void inARoomEachHearsAllButItself() {
        // issue 4: clipping-safe mixing of N talkers with each hearing all but itself; Conference, every codec pair
        for (Speaker caller : CALLERS) {
            calls(caller, "<Dial><Conference beep=\"false\">all</Conference></Dial>");
        }
        for (Speaker called : CALLED) {
            teleapi.expect(
                    201,
                    teleapi.post(
                            "Calls",
                            "From",
                            CALLERS.getFirst().number(),
                            "To",
                            "client:" + called.client(),
                            "Url",
                            application.url(CALLERS.getFirst().document())));
            called.phone().takes("CALL_ESTABLISHED");
        }
        List<Speaker> everyone =
                Stream.concat(CALLERS.stream(), CALLED.stream()).toList();
        for (Speaker listener : everyone) {
            Set<Integer> others = new TreeSet<>(TONES);
            others.remove(listener.tone());
            listener.phone().hears().awaitTones(others);
        }
        hangsUp(everyone.toArray(Speaker[]::new));
    }

    @Test
    void whatADocumentPlaysIsHeardByEveryPhone() {
        // issue 4: Play, Gather with nested Play, Redirect, Pause
        application.has("/next", "<Pause length=\"1\"/><Play loop=\"0\">store:prompt.wav</Play>");
        for (Speaker caller : CALLERS) {
            calls(caller, "<Play loop=\"0\">store:prompt.wav</Play>");
            hears(caller, PROMPT);
            hangsUp(caller);
            calls(caller, "<Gather timeout=\"30\"><Play loop=\"0\">store:prompt.wav</Play></Gather>");
            hears(caller, PROMPT);
            hangsUp(caller);
            calls(caller, "<Play>store:prompt.wav</Play><Redirect>" + application.url("/next") + "</Redirect>");
            hears(caller, PROMPT);
            hears(caller);
            hears(caller, PROMPT);
            hangsUp(caller);
        }
    }

    @Test
    void whoWaitsHearsItsDocumentAndThenWhoTakesIt() {
        // issue 4: Enqueue, Queue
        application.has("/wait", "<Play loop=\"0\">store:prompt.wav</Play>");
        for (int i = 0; i < CODECS.size(); i++) {
            Speaker caller = CALLERS.get(i);
            Speaker agent = CALLED.get((i + 1) % CODECS.size());
            calls(caller, "<Enqueue waitUrl=\"" + application.url("/wait") + "\">support</Enqueue>");
            hears(caller, PROMPT);
            calls(agent, "<Dial><Queue>support</Queue></Dial>");
            hears(caller, agent.tone());
            hears(agent, caller.tone());
            hangsUp(caller, agent);
        }
    }

    @Test
    void whatAPhoneSaysIsInItsRecording() {
        // issue 4: Record; recordings compared with what was sent
        application.has("/recorded", "<Hangup/>");
        for (Speaker caller : CALLERS) {
            calls(
                    caller,
                    "<Record maxLength=\"2\" playBeep=\"false\" action=\"" + application.url("/recorded") + "\"/>");
            ApplicationServer.Asked recorded = application.isAskedWithin(Duration.ofSeconds(20), "/recorded");
            caller.phone().takes("CALL_CLOSED");
            short[] samples = WavFile.read(teleapi.sound(recorded.parameter("RecordingSid")))
                    .values();
            assertEquals(2.0, samples.length / 8_000.0, 0.1, caller::toString);
            ToneMeter meter = ToneMeter.of(
                    ALL.stream().sorted().mapToDouble(Integer::doubleValue).toArray());
            var heard = new TreeSet<Integer>();
            int certain = 0;
            for (int at = 0; at + 160 <= samples.length; at += 160) {
                if (meter.hear(samples, at, 160) > 0) {
                    heard.clear();
                    meter.heard().forEach(tone -> heard.add((int) Math.round(tone.hertz())));
                    certain += heard.equals(Set.of(caller.tone())) ? 1 : 0;
                }
            }
            assertTrue(certain >= 90, caller + ": its tone is in " + certain + " of 100 frames");
        }
    }
}

package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import teleapi.media.speech.InstalledSpeech;

/** One server, and what carriers and phones do to it beside the story: give up, refuse, hold, press keys, speak early, send rubbish. */
final class CallsWithRealPeersTest extends WithRealPeers {
    /** The largest datagram of IPv4. */
    private static final int LARGEST = 65_507;

    // ---- who may come in

    @Test
    void aWrongPasswordDoesNotRegister() {
        // CONTRACT section 4: clients prove themselves by digest.
        try (Baresip stranger = Baresip.start(BOB, folder)) {
            assertFalse(stranger.registers("bob", "guessed", teleapi.sip(), true), stranger::output);
        }
    }

    @Test
    void aNumberThatNobodyHasIsNotFound() {
        // CONTRACT section 4: an INVITE without credentials reaches only numbers that an account has.
        try (Sipp caller =
                Sipp.call(CALLER, "refused", folder, "+15550111", "+15559999", teleapi.sip(), "-key", "format", "0")) {
            caller.receives("SIP/2.0 404");
            caller.succeeds();
        }
    }

    @Test
    void anOfferWithoutACodecOfOursIsNotAcceptable() {
        // RFC 3261 §13.3.1.3: 488 when nothing offered can be had. 18 is G.729.
        application.has("/incoming", "<Pause length=\"60\"/>");
        try (Sipp caller = calls("refused", "-key", "format", "18")) {
            caller.receives("SIP/2.0 488");
            caller.succeeds();
        }
    }

    // ---- calls that do not come about

    @Test
    void aCallerWhoGivesUpLetsThePhoneStopRinging() {
        // RFC 3261 §9.2, §15: CANCEL ends our ringing leg too; the caller gets 487.
        application.has("/incoming", "<Dial answerOnBridge=\"true\"><Client>alice</Client></Dial>");
        try (Sipp caller = calls("canceller")) {
            alice.takes("CALL_INCOMING");
            caller.receives("SIP/2.0 180");
            caller.nudge();
            caller.receives("SIP/2.0 487");
            alice.takes("CALL_CLOSED");
            caller.succeeds();
            assertEquals("canceled", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void aPhoneThatRefusesIsBusy() {
        // CONTRACT section 4: 486 and 603 are busy; the caller's document goes on with the action.
        application.has(
                "/incoming", "<Dial action=\"" + application.url("/dialled") + "\"><Client>alice</Client></Dial>");
        application.has("/dialled", "<Hangup/>");
        try (Sipp caller = calls("caller")) {
            alice.takes("CALL_INCOMING");
            alice.hangUp();
            alice.takes("CALL_CLOSED");
            assertEquals("busy", application.isAsked("/dialled").parameter("DialCallStatus"));
            caller.receives("BYE");
            caller.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    // ---- calls that are understood

    /** As a phone passes on what is said to it, after half a second. */
    private static short[] spoken(String text) {
        short[] words =
                InstalledSpeech.find("flite").speak(text, "en-US", "man").samples();
        short[] all = new short[4_000 + words.length];
        System.arraycopy(words, 0, all, 4_000, words.length);
        return all;
    }

    @Test
    void whatACallerSaysIsRecognisedAndItsMessageBecomesText() {
        // restcomm.md 5.2 Gather input=speech, Record transcribe: what is said is recognised over G.711.
        application.has(
                "/incoming",
                "<Gather input=\"speech\" hints=\"sales,support,operator,billing\" speechTimeout=\"auto\""
                        + " timeout=\"20\" action=\"" + application.url("/chosen") + "\"/>");
        application.has(
                "/chosen",
                "<Record timeout=\"3\" playBeep=\"false\" action=\"" + application.url("/recorded")
                        + "\" transcribeCallback=\"" + application.url("/text") + "\"/>");
        application.has("/recorded", "<Hangup/>");
        try (Sipp caller =
                Sipp.call(new Voice("caller", 0, TONES), "caller", folder, "+15550111", NUMBER, teleapi.sip())) {
            caller.hears().awaitTones(Set.of());
            caller.handset().says(spoken("operator"));
            ApplicationServer.Asked chosen = application.isAsked("/chosen");
            assertEquals("operator", chosen.parameter("SpeechResult"));
            assertTrue(Double.parseDouble(chosen.parameter("Confidence")) > 0.5, chosen::toString);
            caller.handset().says(spoken("please call me back tomorrow morning"));
            ApplicationServer.Asked text = application.isAskedWithin(Duration.ofSeconds(60), "/text");
            assertEquals("completed", text.parameter("TranscriptionStatus"), teleapi::output);
            assertTrue(text.parameter("TranscriptionText").contains("tomorrow"), text::toString);
            assertEquals(
                    text.parameter("TranscriptionText"),
                    teleapi.get("Recordings/" + text.parameter("RecordingSid") + "/Transcriptions")
                            .body()
                            .path("transcriptions")
                            .path(0)
                            .path("transcription_text")
                            .asText());
            caller.receives("BYE");
            caller.succeeds();
        }
    }

    // ---- calls that talk

    @Test
    void whatTheTrunkSaysBeforeItAnswersIsHeard() {
        // RFC 3960 §3: early media is passed on to a caller who is not answered either.
        application.has("/incoming", "<Dial answerOnBridge=\"true\"><Number>+15550199</Number></Dial>");
        try (Sipp trunk = Sipp.answer(DESK, "early-speaker", folder, trunkPort);
                Sipp caller = calls("caller")) {
            caller.receives("SIP/2.0 183");
            caller.hears().awaitTones(Set.of(DESK.tone()));
            trunk.nudge();
            caller.receives("SIP/2.0 200");
            talk(caller.hears(), trunk.hears(), DESK);
            caller.nudge();
            caller.succeeds();
            trunk.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void aPhoneThatHoldsIsNotSpokenTo() {
        // RFC 3264 §8.4: sendonly is answered with recvonly, and nothing is sent there until sendrecv comes.
        application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
        try (Sipp caller = calls("caller")) {
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            bob.hold();
            bob.hears().awaitQuiet();
            bob.awaitSound(false);
            bob.resume();
            bob.awaitSound(true);
            caller.hears().awaitTones(Set.of(BOB.tone()));
            bob.hangUp();
            bob.takes("CALL_CLOSED");
            caller.receives("BYE");
            caller.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void phonesOfTheHouseCallEachOther() {
        // CONTRACT section 4: clients prove themselves by digest, to INVITE too, and reach clients.
        bob.call("sip:alice@127.0.0.1:" + teleapi.sip().getPort());
        alice.takes("CALL_INCOMING");
        alice.answer();
        bob.takes("CALL_ESTABLISHED");
        alice.takes("CALL_ESTABLISHED");
        bob.hears().awaitTones(Set.of(ALICE.tone()));
        alice.hears().awaitTones(Set.of(BOB.tone()));
        alice.hangUp();
        bob.takes("CALL_CLOSED");
        alice.takes("CALL_CLOSED");
    }

    // ---- transfers

    @Test
    void bothSidesReportWhatTheyHear() {
        // RFC 3550 §6.4: our reports in the phone's own summary, its reports in the quality of the call.
        application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
        try (Sipp caller = calls("caller")) {
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            String leg = teleapi.legTo("client:bob");
            bob.takes("CALL_RTCP");
            Product.Reply live = teleapi.awaitReported(leg);
            assertEquals("PCMU", live.text("codec"));
            assertEquals("0.0000", live.text("far_loss"));
            caller.nudge();
            bob.takes("CALL_CLOSED");
            caller.succeeds();
            teleapi.awaitIdle();
            Product.Reply kept = teleapi.get("Calls/" + leg + "/Quality");
            assertEquals("true", kept.text("final"));
            assertEquals("0", kept.text("packets_lost"));
            assertTrue(
                    Double.parseDouble(kept.text("mos")) > 4.3,
                    () -> kept.body().toString());
            assertTrue(
                    Double.parseDouble(kept.text("far_mos")) > 4.3,
                    () -> kept.body().toString());
            assertTrue(
                    Double.parseDouble(kept.text("round_trip")) < 100,
                    () -> kept.body().toString());
            // PL: packets lost, sent and received, as the phone has them from our reports and its own count.
            assertTrue(bob.output().contains("PL=0,0"), bob::output);
            assertNotEquals(0.0, teleapi.metrics().get("teleapi_call_mos_count{side=\"near\"}"));
        }
    }

    @Test
    void keysAreGatheredFromRtpEventsAndFromInfo() {
        // RFC 4733 §2.5; and application/dtmf-relay in INFO, as carriers still send it.
        application.has(
                "/incoming", "<Gather numDigits=\"4\" timeout=\"20\" action=\"" + application.url("/keys") + "\"/>");
        application.has("/keys", "<Hangup/>");
        try (Sipp caller = calls("informer")) {
            caller.receives("SIP/2.0 200");
            caller.sends("ACK");
            caller.handset().press("25");
            caller.nudge();
            caller.receives("SIP/2.0 200");
            caller.handset().press("0");
            assertEquals("2570", application.isAsked("/keys").parameter("Digits"));
            caller.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void aCallOverTcpIsACall() {
        // RFC 3261 §18: the same over a stream; our BYE finds its way back to the caller.
        application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
        try (Sipp caller = calls("caller", "-t", "t1")) {
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            bob.hangUp();
            bob.takes("CALL_CLOSED");
            caller.receives("BYE");
            caller.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void rubbishAtItsPortsDisturbsNoCall() throws IOException {
        // reference/reliability.md: everything from the network is hostile; who talks does not notice.
        application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
        try (Sipp caller = calls("caller");
                var socket = new DatagramSocket()) {
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            long talking = System.nanoTime();
            InetSocketAddress sound = caller.handset().peer().orElseThrow();
            var random = new Random(1);
            for (int i = 0; i < 200; i++) {
                byte[] rubbish = new byte[i % 2 == 0 ? LARGEST : random.nextInt(1, 400)];
                random.nextBytes(rubbish);
                socket.send(new DatagramPacket(rubbish, rubbish.length, teleapi.sip()));
                socket.send(new DatagramPacket(rubbish, rubbish.length, sound));
            }
            talk(caller.hears(), bob.hears(), BOB);
            assertEquals(Set.of(BOB.tone()), caller.hears().tonesBetween(talking, System.nanoTime()));
            assertNotEquals(0.0, teleapi.metrics().get("teleapi_rtp_strangers_total"));
            caller.nudge();
            bob.takes("CALL_CLOSED");
            caller.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void aServerThatIsAskedToEndLetsCallsEnd() throws IOException {
        // CONTRACT section 5: no new calls, live ones may end, exit 0.
        application.has("/incoming", "<Dial><Client>carol</Client></Dial>");
        try (var drained = Product.start(Files.createDirectory(folder.resolve("drained")));
                Baresip carol = Baresip.start(new Voice("carol", BOB.tone(), TONES), folder)) {
            drained.hasNumber(
                    NUMBER, application.url("/incoming"), application.url("/status"), application.url("/sms"));
            drained.hasClient("carol");
            assertTrue(carol.registers("carol", Product.password("carol"), drained.sip(), true), carol::output);
            try (Sipp caller = Sipp.call(CALLER, "caller", folder, "+15550111", NUMBER, drained.sip())) {
                carol.takes("CALL_ESTABLISHED");
                talk(caller.hears(), carol.hears(), BOB);
                drained.terminate();
                drained.awaitDraining();
                try (Sipp late = Sipp.call(
                        ALICE, "refused", folder, "+15550112", NUMBER, drained.sip(), "-key", "format", "0")) {
                    assertNotEquals("", late.receives("SIP/2.0 503").header("Retry-After"));
                    late.succeeds();
                }
                talk(caller.hears(), carol.hears(), BOB);
                caller.nudge();
                carol.takes("CALL_CLOSED");
                caller.succeeds();
                assertEquals("completed", finalStatus(application.isAsked("/incoming")));
                assertEquals(0, drained.exit(), drained.output());
            }
        }
    }
}

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import teleapi.media.sound.WavFile;
import teleapi.media.speech.InstalledSpeech;

/** One server, and what carriers and phones do to it beside the story: give up, refuse, hold, press keys, speak early, send rubbish. */
final class CallsWithRealPeersTest {
    private static final String NUMBER = "+15550100";
    private static final Set<Integer> TONES = Set.of(450, 620, 790, 960);
    private static final Voice CALLER = new Voice("caller", 450, TONES);
    private static final Voice BOB = new Voice("bob", 620, TONES);
    private static final Voice ALICE = new Voice("alice", 790, TONES);
    private static final Voice DESK = new Voice("desk", 960, TONES);

    /** Where applications are told to find it. */
    private static final String PROXY = "https://voice.example.com/behind";

    /** The largest datagram of IPv4. */
    private static final int LARGEST = 65_507;

    @TempDir
    static Path folder = Path.of("");

    private static int trunkPort;
    private static ApplicationServer application;
    private static Product teleapi;

    /** Answers by himself. */
    private static Baresip bob;

    /** Answers when she is told. */
    private static Baresip alice;

    @BeforeAll
    static void open() throws IOException {
        trunkPort = Sipp.freePort();
        application = new ApplicationServer(Product.TOKEN);
        teleapi = Product.start(
                Files.createDirectory(folder.resolve("data")),
                "--trunk",
                "sip:127.0.0.1:" + trunkPort,
                "--public-url",
                PROXY + "/");
        bob = Baresip.start(BOB, folder);
        alice = Baresip.start(ALICE, folder);
        teleapi.hasNumber(NUMBER, application.url("/incoming"), application.url("/status"));
        teleapi.hasClient("bob");
        teleapi.hasClient("alice");
        assertTrue(bob.registers("bob", Product.password("bob"), teleapi.sip(), true), bob::output);
        assertTrue(alice.registers("alice", Product.password("alice"), teleapi.sip(), false), alice::output);
    }

    @AfterAll
    static void close() {
        alice.close();
        bob.close();
        teleapi.close();
        application.close();
    }

    @AfterEach
    void nothingIsLeft() {
        teleapi.awaitIdle();
        application.forget();
    }

    private static Sipp calls(String scenario, String... more) {
        return Sipp.call(CALLER, scenario, folder, "+15550111", NUMBER, teleapi.sip(), more);
    }

    /** The final callback of a call, which is told apart by its Sid. */
    private static String finalStatus(ApplicationServer.Asked call) {
        return application
                .isAsked("/status", asked -> asked.parameter("CallSid").equals(call.parameter("CallSid")))
                .parameter("CallStatus");
    }

    private static void talk(Recording caller, Recording callee, Voice other) {
        talk(caller, callee, other, CALLER);
    }

    private static void talk(Recording caller, Recording callee, Voice other, Voice calls) {
        caller.awaitTones(Set.of(other.tone()));
        callee.awaitTones(Set.of(calls.tone()));
    }

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
                "<Gather input=\"speech\" hints=\"sales,support,operator,billing\" speechTimeout=\"auto\" timeout=\"20\""
                        + " action=\"" + application.url("/chosen") + "\"/>");
        application.has(
                "/chosen",
                "<Record timeout=\"3\" playBeep=\"false\" action=\"" + application.url("/recorded")
                        + "\" transcribeCallback=\"" + application.url("/text") + "\"/>");
        application.has("/recorded", "<Hangup/>");
        try (Sipp caller = Sipp.call(
                new Voice("caller", 0, TONES), "caller", folder, "+15550111", NUMBER, teleapi.sip())) {
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

    private static String user(String name) {
        return "sip:" + name + "@127.0.0.1:" + teleapi.sip().getPort();
    }

    @Test
    void aPhonesTransferKeySendsTheCallerOn() {
        // RFC 5589 §6.1: the caller rings the target; the phone is told, and parts from the call.
        application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
        try (Sipp caller = calls("caller")) {
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            bob.transfer(user("alice"));
            alice.takes("CALL_INCOMING");
            alice.answer();
            alice.takes("CALL_ESTABLISHED");
            bob.takes("CALL_CLOSED");
            talk(caller.hears(), alice.hears(), ALICE);
            caller.nudge();
            alice.takes("CALL_CLOSED");
            caller.succeeds();
            assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        }
    }

    @Test
    void twoCallsOfOneBecomeOneOfTheOthers() {
        // RFC 5589 §7, RFC 3891: Refer-To names the other dialog; both calls of who asks end by BYE.
        application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
        try (Sipp first = calls("caller")) {
            bob.takes("CALL_ESTABLISHED");
            Sipp.Message answer = first.receives("SIP/2.0 200");
            talk(first.hears(), bob.hears(), BOB);
            application.has("/incoming", "<Dial><Client>alice</Client></Dial>");
            String replaces = answer.header("Call-ID").replace("@", "%40") + "%3Bto-tag%3D" + tag(answer.header("To"))
                    + "%3Bfrom-tag%3D" + tag(answer.header("From"));
            try (Sipp second = Sipp.call(
                    DESK, "referrer", folder, "+15550111", NUMBER, teleapi.sip(), "-key", "replaces", replaces)) {
                alice.takes("CALL_INCOMING");
                alice.answer();
                alice.takes("CALL_ESTABLISHED");
                talk(second.hears(), alice.hears(), ALICE, DESK);
                second.nudge();
                second.succeeds();
                first.succeeds();
            }
            bob.hears().awaitTones(Set.of(ALICE.tone()));
            alice.hears().awaitTones(Set.of(BOB.tone()));
            alice.hangUp();
            alice.takes("CALL_CLOSED");
            bob.takes("CALL_CLOSED");
        }
    }

    private static String tag(String address) {
        return address.substring(address.indexOf(";tag=") + ";tag=".length());
    }

    @Test
    void aPhoneThatIsReferredCallsByItself() {
        // RFC 3515: the phone sets out for the target, tells how it goes; then we hang up here, as who refers does.
        application.has(
                "/incoming",
                "<Refer action=\"" + application.url("/referred") + "\"><Sip>" + user("alice") + "</Sip></Refer>");
        application.has("/referred", "<Hangup/>");
        bob.call(user(NUMBER));
        alice.takes("CALL_INCOMING");
        alice.answer();
        ApplicationServer.Asked referred = application.isAsked("/referred");
        assertEquals("completed", referred.parameter("ReferCallStatus"));
        assertEquals("202", referred.parameter("ReferSipResponseCode"));
        assertEquals("200", referred.parameter("NotifySipResponseCode"));
        bob.hears().awaitTones(Set.of(ALICE.tone()));
        alice.hears().awaitTones(Set.of(BOB.tone()));
        assertEquals("completed", finalStatus(application.isAsked("/incoming")));
        alice.hangUp();
        alice.takes("CALL_CLOSED");
        bob.takes("CALL_CLOSED");
    }

    @Test
    void aConferenceIsRecordedWithAllWhoTalkInIt() throws IOException {
        // issue 4: three parties with a tone each, in level and time; a muted one is not in it; a pause is a hole
        String told = "statusCallback=\"" + application.url("/room") + "\" recordingStatusCallback=\""
                + application.url("/recorded") + "\"";
        application.has(
                "/incoming",
                "<Dial><Conference beep=\"false\" record=\"record-from-start\" trim=\"do-not-trim\" " + told
                        + ">hall</Conference></Dial>");
        try (Sipp caller = calls("caller")) {
            caller.receives("SIP/2.0 200");
            Product.Reply called = callIn("bob");
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            callIn("alice");
            alice.takes("CALL_INCOMING");
            alice.answer();
            alice.takes("CALL_ESTABLISHED");
            caller.hears().awaitTones(Set.of(BOB.tone(), ALICE.tone()));
            bob.hears().awaitTones(Set.of(CALLER.tone(), ALICE.tone()));
            String room = "Conferences/" + called.text("conference_sid");
            String current = room + "/Recordings/Twilio.CURRENT";
            teleapi.expect(200, teleapi.post(room + "/Participants/" + called.text("call_sid"), "Muted", "true"));
            caller.hears().awaitTones(Set.of(ALICE.tone()));
            teleapi.expect(200, teleapi.post(current, "Status", "paused"));
            caller.hears().awaitTones(Set.of(ALICE.tone()));
            caller.hears().awaitTones(Set.of(ALICE.tone()));
            teleapi.expect(200, teleapi.post(current, "Status", "in-progress"));
            caller.hears().awaitTones(Set.of(ALICE.tone()));
            caller.hears().awaitTones(Set.of(ALICE.tone()));
            teleapi.expect(200, teleapi.post(room, "Status", "completed"));
            caller.receives("BYE");
            caller.succeeds();
        }
        bob.takes("CALL_CLOSED");
        alice.takes("CALL_CLOSED");

        ApplicationServer.Asked recorded = application.isAsked("/recorded");
        String url = application
                .isAsked(
                        "/room", asked -> asked.parameter("StatusCallbackEvent").equals("conference-end"))
                .parameter("RecordingUrl");
        assertEquals(recorded.parameter("RecordingUrl"), url);
        assertTrue(url.startsWith(PROXY + "/teleapi/2012-04-24/Accounts/"), url);
        short[] samples =
                WavFile.read(teleapi.sound(recorded.parameter("RecordingSid"))).values();
        assertEquals((samples.length + 7_999) / 8_000, Integer.parseInt(recorded.parameter("RecordingDuration")));
        assertHeardInTurn(samples);
    }

    private static Product.Reply callIn(String client) {
        return teleapi.expect(
                201, teleapi.post("Conferences/hall/Participants", "From", "+15550111", "To", "client:" + client));
    }

    /** First two of them, then all, then without the one who was muted, nothing in the pause, and so on; as loud as they speak. */
    private static void assertHeardInTurn(short[] samples) {
        var heard = new Recording(CALLER);
        heard.hear(samples, samples.length, 0);
        // Packets that a busy machine sends late make clicks, which sound of other tones for a moment.
        List<Set<Integer>> course = heard.course(7);
        Set<Integer> withoutBob = Set.of(CALLER.tone(), ALICE.tone());
        int muted = course.indexOf(withoutBob);
        assertTrue(muted > 1, course::toString);
        int two = course.indexOf(Set.of(CALLER.tone(), BOB.tone()));
        int all = course.indexOf(Set.of(CALLER.tone(), BOB.tone(), ALICE.tone()));
        assertTrue(0 <= two && two < all && all < muted, course::toString);
        assertEquals(List.of(withoutBob, Set.of(), withoutBob), course.subList(muted, course.size()));
        int end = samples.length - 1_600;
        for (Voice voice : List.of(CALLER, ALICE)) {
            assertEquals(Handset.LOUDNESS, loudness(samples, end, voice.tone()), 0.1 * Handset.LOUDNESS, voice.name());
        }
        assertEquals(0, loudness(samples, end, BOB.tone()), 0.02 * Handset.LOUDNESS);
    }

    /** How high a tone is in a tenth of a second. */
    private static double loudness(short[] samples, int from, int tone) {
        double sine = 0;
        double cosine = 0;
        for (int i = 0; i < 800; i++) {
            double angle = 2 * Math.PI * tone * i / 8_000;
            sine += samples[from + i] * Math.sin(angle);
            cosine += samples[from + i] * Math.cos(angle);
        }
        return 2 * Math.hypot(sine, cosine) / 800;
    }

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
            drained.hasNumber(NUMBER, application.url("/incoming"), application.url("/status"));
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

package teleapi.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import teleapi.media.sound.WavFile;

/** Who is sent on by others' phones, and who is recorded in a room of them. */
final class TransfersWithRealPeersTest extends WithRealPeers {
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
            try (Sipp second = refers(answer)) {
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

    @Test
    void aPhoneThatStillRingsRingsOnForTheOtherOne() {
        // RFC 5589 §7: Refer-To names a dialog that is not answered; it is refused when the target has answered.
        application.has("/incoming", "<Dial answerOnBridge=\"true\"><Client>alice</Client></Dial>");
        try (Sipp ringing = calls("refused", "-key", "format", "0")) {
            alice.takes("CALL_INCOMING");
            application.has("/incoming", "<Dial><Client>bob</Client></Dial>");
            try (Sipp talking = refers(ringing.receives("SIP/2.0 180"))) {
                bob.takes("CALL_ESTABLISHED");
                talk(talking.hears(), bob.hears(), BOB, DESK);
                talking.nudge();
                talking.receives("NOTIFY");
                alice.answer();
                alice.takes("CALL_ESTABLISHED");
                talking.succeeds();
                ringing.succeeds();
            }
            bob.hears().awaitTones(Set.of(ALICE.tone()));
            alice.hears().awaitTones(Set.of(BOB.tone()));
            alice.hangUp();
            alice.takes("CALL_CLOSED");
            bob.takes("CALL_CLOSED");
        }
    }

    @Test
    void aMemberOfAConferenceIsReplacedByWhoItNames() {
        // RFC 5589 §6.1, ADR-0018: the conference goes on, with the target in the place of who pressed the key.
        application.has("/incoming", "<Dial><Conference beep=\"false\">hall</Conference></Dial>");
        try (Sipp caller = calls("caller")) {
            caller.receives("SIP/2.0 200");
            callIn("bob", "EndConferenceOnExit", "true");
            bob.takes("CALL_ESTABLISHED");
            talk(caller.hears(), bob.hears(), BOB);
            bob.transfer(user("alice"));
            alice.takes("CALL_INCOMING");
            talk(caller.hears(), bob.hears(), BOB);
            alice.answer();
            alice.takes("CALL_ESTABLISHED");
            bob.takes("CALL_CLOSED");
            talk(caller.hears(), alice.hears(), ALICE);
            alice.hangUp();
            alice.takes("CALL_CLOSED");
            caller.receives("BYE");
            caller.succeeds();
        }
    }

    @Test
    void whoIsTalkedToOnAnotherLineComesIntoTheConference() {
        // RFC 5589 §7, RFC 3891: Refer-To names the other dialog; both calls of who asks end by BYE.
        application.has("/incoming", "<Dial><Client>alice</Client></Dial>");
        try (Sipp other = calls("caller")) {
            alice.takes("CALL_INCOMING");
            alice.answer();
            alice.takes("CALL_ESTABLISHED");
            talk(other.hears(), alice.hears(), ALICE);
            application.has("/incoming", "<Dial><Conference beep=\"false\">hall</Conference></Dial>");
            try (Sipp member = refers(other.receives("SIP/2.0 200"))) {
                member.receives("SIP/2.0 200");
                callIn("bob");
                bob.takes("CALL_ESTABLISHED");
                talk(member.hears(), bob.hears(), BOB, DESK);
                member.nudge();
                member.succeeds();
                other.succeeds();
            }
            bob.hears().awaitTones(Set.of(ALICE.tone()));
            alice.hears().awaitTones(Set.of(BOB.tone()));
            alice.hangUp();
            alice.takes("CALL_CLOSED");
            bob.hangUp();
            bob.takes("CALL_CLOSED");
        }
    }

    /** Calls, and will name this dialog. */
    private static Sipp refers(Sipp.Message answer) {
        String replaces = answer.header("Call-ID").replace("@", "%40") + "%3Bto-tag%3D" + tag(answer.header("To"))
                + "%3Bfrom-tag%3D" + tag(answer.header("From"));
        return Sipp.call(DESK, "referrer", folder, "+15550111", NUMBER, teleapi.sip(), "-key", "replaces", replaces);
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

    private static Product.Reply callIn(String client, String... more) {
        List<String> form = new ArrayList<>(List.of("From", "+15550111", "To", "client:" + client));
        form.addAll(List.of(more));
        return teleapi.expect(201, teleapi.post("Conferences/hall/Participants", form.toArray(String[]::new)));
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
}

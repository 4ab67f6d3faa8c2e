package teleapi.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes from far ends that are rude, old, wrong, or hostile. */
final class StrangersTest extends BesideAStranger {
    private void bye(int sequence, String tag) {
        puppet.request(phone, "BYE", "bye" + sequence, "c1", sequence, "p", tag, "");
        run();
    }

    @Test
    void aNewInviteIs100AtOnceAndRepeatedOnesRingOnce() {
        // RFC 3261 §17.2.1
        phone.rings();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        assertEquals("100", puppet.kinds().getFirst());
        assertEquals(1, phone.invites.size());
        phone.lines.getFirst().dialog().hangUp();
    }

    @Test
    void ourTagHas64BitsAndTheSameInAllAnswers() {
        // reliability S11; RFC 3261 §12.1.1
        phone.rings();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        String early = puppet.tag("180");
        assertTrue(early.length() >= 12, early);
        phone.lines.getFirst().dialog().answer(Phone.SDP, List.of());
        run();
        assertEquals(early, puppet.tag("200"));
        puppet.request(phone, "ACK", "2", "c1", 1, "p", early, "");
        run();
        bye(2, early);
    }

    @Test
    void aRequestWhoseNumberDoesNotGrowIs500() {
        // RFC 3261 §12.2.2, reliability S11: a replayed BYE does not end a call
        String tag = connected();
        bye(9, tag);
        assertEquals(1, puppet.heard("500").size());
        assertEquals(1, phone.agent.counters().dialogs());
        bye(11, tag);
        assertEquals(0, phone.agent.counters().dialogs());
    }

    @Test
    void wrongTagsAre481AndHarmless() {
        // RFC 3261 §12.2.2
        String tag = connected();
        puppet.request(phone, "BYE", "x1", "c1", 11, "q", tag, "");
        puppet.request(phone, "BYE", "x2", "c1", 11, "p", "beef", "");
        puppet.request(phone, "BYE", "x3", "c2", 11, "p", tag, "");
        run();
        assertEquals(3, puppet.heard("481").size());
        assertEquals(1, phone.agent.counters().dialogs());
        bye(11, tag);
    }

    @Test
    void anAckForNothingIsNeverAnswered() {
        // RFC 3261 §17.1.1.3
        puppet.request(phone, "ACK", "1", "c1", 1, "p", "nobody", "");
        puppet.request(phone, "ACK", "2", "c1", 1, "p", "", "");
        run();
        assertEquals(List.of(), puppet.kinds());
    }

    @Test
    void theSameInviteOnAnotherBranchIs482() {
        // RFC 3261 §8.2.2.2
        phone.rings();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        puppet.request(phone, "INVITE", "2", "c1", 1, "p", "", "");
        run();
        assertEquals(1, puppet.heard("482").size());
        assertEquals(1, phone.invites.size());
        phone.lines.getFirst().dialog().hangUp();
    }

    @Test
    void aCancelBehindThe200HasNoEffect() {
        // RFC 3261 §9.2
        phone.answers();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        String tag = puppet.tag("200");
        puppet.request(phone, "CANCEL", "1", "c1", 1, "p", "", "");
        run();
        assertEquals("1 CANCEL", puppet.header("200", "CSeq").orElseThrow());
        assertEquals(List.of(), phone.lines.getFirst().story());
        puppet.request(phone, "ACK", "2", "c1", 1, "p", tag, "");
        run();
        bye(2, tag);
        assertEquals(
                List.of("acknowledged", "ended by FAR_END"),
                phone.lines.getFirst().story());
    }

    @Test
    void aCancelForNothingIs481() {
        // RFC 3261 §9.2
        puppet.request(phone, "CANCEL", "1", "c1", 1, "p", "", "");
        run();
        assertEquals(List.of("481"), puppet.kinds());
    }

    @Test
    void aCancelIs200AndTheInvite487WithOneTag() {
        // RFC 3261 §9.2
        phone.rings();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        puppet.request(phone, "CANCEL", "1", "c1", 1, "p", "", "");
        run();
        assertEquals(puppet.tag("487"), puppet.tag("200"));
        puppet.request(phone, "ACK", "1", "c1", 1, "p", puppet.tag("487"), "");
        assertEquals(List.of("canceled"), phone.lines.getFirst().story());
    }

    @Test
    void aByeInAnEarlyDialogEndsIt() {
        // RFC 3261 §15: the caller may
        phone.rings();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        puppet.request(phone, "BYE", "2", "c1", 2, "p", puppet.tag("180"), "");
        run();
        assertEquals(1, puppet.heard("200").size());
        assertEquals(1, puppet.heard("487").size());
        assertEquals(List.of("canceled"), phone.lines.getFirst().story());
    }

    @Test
    void aSecondInviteBeforeTheFirstIsAnsweredIs500WithRetryAfter() {
        // RFC 3261 §14.2
        phone.rings();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        puppet.request(phone, "INVITE", "2", "c1", 2, "p", puppet.tag("180"), "");
        run();
        int seconds = Integer.parseInt(puppet.header("500", "Retry-After").orElseThrow());
        assertTrue(seconds >= 0 && seconds <= 10);
        phone.lines.getFirst().dialog().hangUp();
    }

    @Test
    void overlappingReinvitesAre500WithRetryAfter() {
        // RFC 3261 §14.2; reliability reinvite-overlap
        String tag = connected();
        puppet.request(phone, "INVITE", "r1", "c1", 11, "p", tag, "");
        puppet.request(phone, "INVITE", "r2", "c1", 12, "p", tag, "");
        run();
        assertEquals(1, puppet.heard("500").size());
        assertTrue(puppet.header("500", "Retry-After").isPresent());
        assertEquals(
                List.of("acknowledged", "asked for an offer"),
                phone.lines.getFirst().story());
        bye(13, tag);
        assertEquals(1, puppet.heard("487").size());
    }

    @Test
    void aCanceledReinviteLeavesTheCall() {
        // RFC 3261 §9.2
        String tag = connected();
        puppet.request(phone, "INVITE", "r1", "c1", 11, "p", tag, "");
        run();
        puppet.request(phone, "CANCEL", "r1", "c1", 11, "p", tag, "");
        run();
        assertEquals(1, puppet.heard("487").size());
        assertEquals(1, phone.agent.counters().dialogs());
        bye(12, tag);
    }

    @Test
    void anUpdateWithoutAnOfferIsAnsweredAlone() {
        // RFC 3311 §5.2
        String tag = connected();
        puppet.request(phone, "UPDATE", "u", "c1", 11, "p", tag, "");
        run();
        assertEquals("11 UPDATE", puppet.header("200", "CSeq").orElseThrow());
        assertEquals(List.of("acknowledged"), phone.lines.getFirst().story());
        bye(12, tag);
    }

    @Test
    void optionsAreAnsweredInAndOutOfDialogs() {
        // RFC 3261 §11.2
        puppet.request(phone, "OPTIONS", "o", "c7", 1, "p", "", "");
        run();
        assertTrue(puppet.header("200", "Allow").orElseThrow().contains("INVITE"));
        assertTrue(puppet.header("200", "Accept").orElseThrow().contains("application/sdp"));
        assertEquals(0, phone.agent.counters().transactions());
        String tag = connected();
        puppet.request(phone, "OPTIONS", "o2", "c1", 11, "p", tag, "");
        run();
        assertEquals("11 OPTIONS", puppet.header("200", "CSeq").orElseThrow());
        assertTrue(puppet.header("200", "Accept").orElseThrow().contains("text/plain"));
        bye(12, tag);
    }

    @Test
    void methodsThatWeDoNotServeAre405Or501WithAllow() {
        // RFC 3261 §8.2.1; reliability S6
        puppet.request(phone, "PUBLISH", "m", "c1", 1, "p", "", "");
        puppet.request(phone, "DANCE", "d", "c2", 1, "p", "", "");
        run();
        assertEquals(List.of("405", "501"), puppet.kinds().stream().sorted().toList());
        assertTrue(puppet.header("405", "Allow").isPresent()
                && puppet.header("501", "Allow").isPresent());
        assertEquals(0, phone.agent.counters().transactions());
    }

    @Test
    void anExtensionThatWeDoNotKnowIs420() {
        // RFC 3261 §8.2.2.3, RFC 3262 §3
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "Require: 100rel\n");
        run();
        assertEquals("100rel", puppet.header("420", "Unsupported").orElseThrow());
        assertEquals(0, phone.invites.size());
    }

    @Test
    void noHopsLeftIs483() {
        // RFC 3261 §16.3
        String text =
                puppet.text(phone, "INVITE", "1", "c1", 1, "p", "", "").replace("Max-Forwards: 70", "Max-Forwards: 0");
        puppet.send(text, phone);
        run();
        assertEquals(List.of("483"), puppet.kinds());
    }

    @Test
    void aMalformedRequestIs400AndLeavesNothing() {
        // RFC 3261 §21.4.1
        puppet.send(
                puppet.text(phone, "INVITE", "1", "c1", 1, "p", "", "")
                        .replace("Content-Length: 0", "Content-Length: 99"),
                phone);
        puppet.send("hello\n\n", phone);
        run();
        assertEquals(List.of("400"), puppet.kinds());
        assertEquals(2, phone.agent.counters().dropped());
        assertEquals(0, phone.agent.counters().transactions());
    }

    @Test
    void answersGoToThePacketsSourceWhateverTheViaSays() {
        // RFC 3261 §18.2.2, RFC 3581 §4; reliability S8: nobody is reflected at
        Puppet victim = new Puppet(world, new InetSocketAddress("10.0.0.66", 5060));
        String text = puppet.text(phone, "OPTIONS", "1", "c1", 1, "p", "", "")
                .replace(
                        "SIP/2.0/UDP " + puppet.host(),
                        "SIP/2.0/UDP 10.0.0.66:5060;maddr=10.0.0.66;received=10.0.0.66;rport=5060");
        puppet.send(text, phone);
        run();
        assertEquals(List.of("200"), puppet.kinds());
        assertEquals(List.of(), victim.kinds());
        assertEquals("10.0.0.9", puppet.response("200").via().received().orElseThrow());
        assertEquals(5062, puppet.response("200").via().rport().orElseThrow());
    }

    @Test
    void theRefusalOfAStrangerIsRepeatedOnlyWhenAsked() {
        // reliability S8: total answer to an unauthenticated request at most three times its size
        phone.verdict = Optional.of(new Admission.Refuse(404, "Not Found", List.of()));
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        world.runFor(Duration.ofSeconds(20));
        assertEquals(List.of("404"), puppet.kinds());
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "");
        run();
        assertEquals(List.of("404", "404"), puppet.kinds());
        assertEquals(1, phone.invites.size());
    }

    @Test
    void aSessionThatIsNotRefreshedEnds() {
        // RFC 4028 §9, §10: refresher=uac, BYE ahead of expiry by a third or 32 s
        phone.answers();
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "Supported: timer\nSession-Expires: 90\n");
        run();
        assertEquals("90;refresher=uac", puppet.header("200", "Session-Expires").orElseThrow());
        assertEquals("timer", puppet.header("200", "Require").orElseThrow());
        puppet.request(phone, "ACK", "2", "c1", 1, "p", puppet.tag("200"), "");
        world.runFor(Duration.ofSeconds(55));
        puppet.request(
                phone,
                "UPDATE",
                "u",
                "c1",
                2,
                "p",
                puppet.tag("200"),
                "Supported: timer\nSession-Expires: 90;refresher=uac\n");
        world.runFor(Duration.ofSeconds(55));
        assertEquals(List.of(), puppet.heard("BYE"));
        puppet.onRequest = request -> puppet.respond(request, 200, "p");
        world.runFor(Duration.ofSeconds(10));
        assertEquals(1, puppet.heard("BYE").size());
        assertEquals(
                List.of("acknowledged", "ended by FAILURE"),
                phone.lines.getFirst().story());
    }

    @Test
    void aSessionIntervalThatIsTooSmallIs422() {
        // RFC 4028 §9
        puppet.request(phone, "INVITE", "1", "c1", 1, "p", "", "Supported: timer\nSession-Expires: 30\n");
        run();
        assertEquals("90", puppet.header("422", "Min-SE").orElseThrow());
    }
}

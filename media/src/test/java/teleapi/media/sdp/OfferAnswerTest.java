package teleapi.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import teleapi.media.codec.Codec;
import teleapi.media.codec.G711;
import teleapi.media.codec.Wideband;

final class OfferAnswerTest {
    private static final OfferAnswer US = OfferAnswer.begin("198.51.100.1", 20000, 77);
    private static final OfferAnswer ALL = OfferAnswer.begin("198.51.100.1", 20000, 77, Codec.all());

    @Test
    void theFirstOfferHasAllWeSpeak() {
        // RFC 3264 §5.1, RFC 4733 §2.4.1: codecs in order of preference, telephone-event with its events.
        assertEquals("""
            v=0
            o=teleapi 77 1 IN IP4 198.51.100.1
            s=-
            c=IN IP4 198.51.100.1
            t=0 0
            m=audio 20000 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            a=ptime:20
            a=rtcp-mux
            a=sendrecv
            """, text(US.offer()));
    }

    @Test
    void anOfferOfAllCodecsHasEventsAtBothClocks() {
        // RFC 7587 §7.1, RFC 4733 §2.5.1.1; and the codec of who is to be heard comes first (ADR-0021).
        assertEquals("""
            v=0
            o=teleapi 77 1 IN IP4 198.51.100.1
            s=-
            c=IN IP4 198.51.100.1
            t=0 0
            m=audio 20000 RTP/AVP 9 0 8 96 101 102
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:96 opus/48000/2
            a=fmtp:96 useinbandfec=1
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            a=rtpmap:102 telephone-event/48000
            a=fmtp:102 0-16
            a=ptime:20
            a=rtcp-mux
            a=sendrecv
            """, text(ALL.offer(Optional.of(Wideband.G722))));
    }

    @Test
    void anAnswerWithOpusHasEventsAtItsClockOrElseAtTheOldOne() {
        // RFC 4733 §2.1; phones that know events at 8 kHz alone are understood all the same.
        String opus = "a=rtpmap:111 opus/48000/2";
        AudioStream both = agreed(ALL.answer(offer(
                        "m=audio 30000 RTP/AVP 111 0 100 97",
                        opus,
                        "a=rtpmap:100 telephone-event/8000",
                        "a=rtpmap:97 telephone-event/48000")))
                .stream();
        assertEquals(new PayloadType(111, Wideband.OPUS), both.sends());
        assertEquals(OptionalInt.of(97), both.sendsEvents());
        assertEquals(48_000, both.eventRate());
        AudioStream old =
                agreed(ALL.answer(offer("m=audio 30000 RTP/AVP 111 100", opus, "a=rtpmap:100 telephone-event/8000")))
                        .stream();
        assertEquals(OptionalInt.of(100), old.sendsEvents());
        assertEquals(8_000, old.eventRate());
        // RFC 7587 §7: opus has two channels in rtpmap, or is something else.
        assertInstanceOf(
                Outcome.NoCommonCodec.class, ALL.answer(offer("m=audio 30000 RTP/AVP 111", "a=rtpmap:111 opus/48000")));
    }

    @Test
    void theFarEndsAnswerToAllCodecsIsTaken() {
        // RFC 3264 §5.1: its numbers for our packets, ours for its; its first is what we send.
        OfferAnswer offered = ALL.offer();
        AudioStream stream = agreed(offered.accept(offer(
                        "m=audio 30000 RTP/AVP 107 9 102",
                        "a=rtpmap:107 opus/48000/2",
                        "a=rtpmap:102 telephone-event/48000")))
                .stream();
        assertEquals(new PayloadType(107, Wideband.OPUS), stream.sends());
        assertEquals(List.of(new PayloadType(96, Wideband.OPUS), new PayloadType(9, Wideband.G722)), stream.receives());
        assertEquals(OptionalInt.of(102), stream.receivesEvents());
        assertEquals(48_000, stream.eventRate());
    }

    @Test
    void anAnswerTakesTheirFirstCodecAndTheirNumbers() {
        // RFC 3264 §6.1: the offerer's order and payload types are kept.
        Outcome.Agreed agreed = agreed(US.answer(offer(
                "m=audio 30000 RTP/AVP 18 96 0 100 97",
                "a=rtpmap:96 pcma/8000",
                "a=rtpmap:100 telephone-event/48000",
                "a=rtpmap:97 telephone-event/8000",
                "a=fmtp:97 0-15")));
        AudioStream stream = agreed.stream();
        assertEquals(new PayloadType(96, G711.PCMA), stream.sends());
        assertEquals(List.of(stream.sends()), stream.receives());
        assertEquals(OptionalInt.of(97), stream.sendsEvents());
        assertEquals(OptionalInt.of(97), stream.receivesEvents());
        assertEquals(Optional.of(new InetSocketAddress("192.0.2.4", 30000)), stream.rtp());
        assertEquals(Optional.of(new InetSocketAddress("192.0.2.4", 30001)), stream.rtcp());
        assertFalse(stream.onHold());
        assertEquals("""
            v=0
            o=teleapi 77 1 IN IP4 198.51.100.1
            s=-
            c=IN IP4 198.51.100.1
            t=0 0
            m=audio 20000 RTP/AVP 96 97
            a=rtpmap:96 PCMA/8000
            a=rtpmap:97 telephone-event/8000
            a=fmtp:97 0-15
            a=ptime:20
            a=sendrecv
            """, text(agreed.next()));
    }

    @Test
    void otherSectionsAreRefusedInTheirPlaces() {
        // RFC 3264 §6: as many m= lines as the offer, in its order; port 0 refuses.
        Outcome.Agreed agreed = agreed(US.answer(offer(
                "m=video 5000 RTP/AVP 31",
                "m=audio 5002 RTP/SAVP 0",
                "m=audio 5004 RTP/AVP 18",
                "m=audio 5006 RTP/AVP 0",
                "m=audio 5008 RTP/AVP 0")));
        List<MediaDescription> media = SdpParserTest.read(text(agreed.next())).media();
        assertEquals(
                List.of(0, 0, 0, 20000, 0),
                media.stream().map(MediaDescription::port).toList());
        assertEquals("RTP/SAVP", media.get(1).protocol());
        assertEquals(5006, agreed.stream().rtp().orElseThrow().getPort());
        // RFC 3264 §8: the number of m= lines never shrinks, whoever offers next.
        List<MediaDescription> later =
                SdpParserTest.read(text(agreed.next().offer())).media();
        assertEquals(
                List.of(0, 0, 0, 20000, 0),
                later.stream().map(MediaDescription::port).toList());
    }

    @Test
    void directionIsMirrored() {
        // RFC 3264 §6.1 and §8.4: whoever does not want to hear us is answered so, and has us on hold.
        assertDirection("sendrecv", Direction.SENDRECV, false);
        assertDirection("sendonly", Direction.RECVONLY, true);
        assertDirection("recvonly", Direction.SENDONLY, false);
        assertDirection("inactive", Direction.INACTIVE, true);
    }

    @Test
    void theDirectionOfTheSessionCountsWhereASectionHasNone() {
        // RFC 8866 §6.7: session level is the default of the sections.
        String offer = "v=0\no=- 1 1 IN IP4 h\nc=IN IP4 192.0.2.4\na=sendonly\nm=audio 3000 RTP/AVP 0\n";
        assertTrue(agreed(US.answer(bytes(offer))).stream().onHold());
        assertFalse(agreed(US.answer(bytes(offer + "a=sendrecv\n"))).stream().onHold());
    }

    @Test
    void anAddressOfZerosIsHold() {
        // RFC 3264 §8.4: c=0.0.0.0 means that nothing may be sent.
        AudioStream stream = agreed(US.answer(offer("c=IN IP4 0.0.0.0", "m=audio 3000 RTP/AVP 0"))).stream();
        assertTrue(stream.onHold());
        assertEquals(Direction.RECVONLY, stream.direction());
        assertEquals(Optional.empty(), stream.rtp());
        assertEquals(Optional.empty(), stream.rtcp());
    }

    @Test
    void holdAndResumeKeepTheSessionAndRaiseTheVersion() {
        // RFC 3264 §8: o= stays but for the version, which grows.
        OfferAnswer state = US;
        long version = 0;
        for (String direction : List.of("sendrecv", "sendonly", "sendrecv")) {
            state = agreed(state.answer(offer("m=audio 3000 RTP/AVP 8", "a=" + direction)))
                    .next();
            Origin origin = SdpParserTest.read(text(state)).origin();
            assertEquals("77", origin.id());
            assertTrue(Long.parseLong(origin.version()) > version);
            version = Long.parseLong(origin.version());
        }
        // RFC 6337 §5.3: a held side offers what it wants itself.
        OfferAnswer held = agreed(US.answer(
                        offer("m=audio 3000 RTP/AVP 8 101", "a=rtpmap:101 telephone-event/8000", "a=sendonly")))
                .next();
        String reoffer = text(held.offer());
        assertTrue(reoffer.contains("m=audio 20000 RTP/AVP 8 101\n"), reoffer);
        assertTrue(reoffer.contains("a=sendrecv"), reoffer);
        assertTrue(reoffer.contains("o=teleapi 77 2 "), reoffer);
    }

    @Test
    void noCommonCodecIsNotUnreadable() {
        // RFC 3261 §21.4.26: 488 for what cannot be agreed, 400 for what cannot be read. SRTP is not spoken yet.
        assertInstanceOf(Outcome.NoCommonCodec.class, US.answer(offer("m=audio 3000 RTP/AVP 18")));
        assertInstanceOf(Outcome.NoCommonCodec.class, US.answer(offer("m=audio 3000 RTP/SAVPF 0")));
        assertInstanceOf(Outcome.NoCommonCodec.class, US.answer(offer("m=audio 0 RTP/AVP 0")));
        assertInstanceOf(
                Outcome.NoCommonCodec.class, US.answer(offer("m=audio 3000 RTP/AVP 0", "a=rtpmap:0 G722/8000")));
        assertInstanceOf(
                Outcome.NoCommonCodec.class, US.answer(offer("m=audio 3000 RTP/AVP 96", "a=rtpmap:96 PCMU/16000")));
        assertInstanceOf(Outcome.NoCommonCodec.class, US.answer(offer()));
        assertInstanceOf(Outcome.Unreadable.class, US.answer(bytes("hello")));
    }

    @Test
    void mediaIsNotAimedAtAnybody() {
        // Threat M7: the address of c= is attacker's input.
        for (String host :
                List.of("224.0.0.1", "255.255.255.255", "169.254.169.254", "127.0.0.1", "victim.example.com")) {
            Outcome outcome = US.answer(offer("c=IN IP4 " + host, "m=audio 3000 RTP/AVP 0"));
            assertInstanceOf(Outcome.Unreadable.class, outcome, host);
        }
        assertInstanceOf(
                Outcome.Unreadable.class,
                US.answer(bytes("v=0\no=- 1 1 IN IP4 h\nm=audio 3000 RTP/AVP 0\n")),
                "no c= at all");
    }

    @Test
    void theRtcpPortIsWhereTheySayIt() {
        // RFC 3605 §2.1, RFC 5761 §5.1.1, RFC 3550 §11.
        String media = "m=audio 3000 RTP/AVP 0";
        assertRtcp(3001, media);
        assertRtcp(53020, media, "a=rtcp:53020");
        assertRtcp(3001, media, "a=rtcp:99999");
        assertRtcp(3000, media, "a=rtcp-mux");
        AudioStream far = agreed(US.answer(offer(media, "a=rtcp:53020 IN IP4 192.0.2.99"))).stream();
        assertEquals(Optional.of(new InetSocketAddress("192.0.2.99", 53020)), far.rtcp());
        AudioStream aimed = agreed(US.answer(offer(media, "a=rtcp:53020 IN IP4 224.0.0.1"))).stream();
        assertEquals(Optional.empty(), aimed.rtcp());
        assertEquals(
                Optional.empty(),
                agreed(US.answer(offer("m=audio 65535 RTP/AVP 0"))).stream().rtcp());
        String answer = text(agreed(US.answer(offer(media, "a=rtcp-mux"))).next());
        assertTrue(answer.contains("a=rtcp-mux"), answer);
    }

    @Test
    void theirAnswerIsTakenByBothNumberings() {
        // RFC 3264 §5.1: each side numbers what it receives.
        OfferAnswer offered = US.offer();
        Outcome.Agreed agreed =
                agreed(offered.accept(offer("m=audio 3000 RTP/AVP 18 8 0 96", "a=rtpmap:96 telephone-event/8000")));
        AudioStream stream = agreed.stream();
        assertEquals(new PayloadType(8, G711.PCMA), stream.sends());
        assertEquals(List.of(new PayloadType(8, G711.PCMA), new PayloadType(0, G711.PCMU)), stream.receives());
        assertEquals(OptionalInt.of(96), stream.sendsEvents());
        assertEquals(OptionalInt.of(101), stream.receivesEvents());
        assertFalse(stream.rtcpMux());
        // What was agreed stands in the next offer, with a higher version.
        String again = text(agreed.next().offer());
        assertTrue(again.contains("m=audio 20000 RTP/AVP 8 0 101\n") && again.contains("o=teleapi 77 2 "), again);
        assertFalse(again.contains("rtcp-mux"), again);
    }

    @Test
    void anAnswerWithoutEventsMeansTones() {
        // RFC 4733 §2.4.1: events are sent only to those who asked for them.
        AudioStream stream = agreed(US.offer().accept(offer("m=audio 3000 RTP/AVP 0"))).stream();
        assertEquals(OptionalInt.empty(), stream.sendsEvents());
        assertEquals(OptionalInt.empty(), stream.receivesEvents());
    }

    @Test
    void anAnswerThatRefusesIsNoAgreement() {
        // RFC 3264 §6: port 0 refuses the stream; a codec that was not offered is none.
        assertInstanceOf(Outcome.NoCommonCodec.class, US.offer().accept(offer("m=audio 0 RTP/AVP 0")));
        assertInstanceOf(Outcome.NoCommonCodec.class, US.offer().accept(offer("m=audio 3000 RTP/AVP 18")));
        assertInstanceOf(Outcome.Unreadable.class, US.offer().accept(offer("m=video 3000 RTP/AVP 31")));
        assertInstanceOf(Outcome.Unreadable.class, US.offer().accept(offer()));
        assertInstanceOf(Outcome.Unreadable.class, US.accept(offer("m=audio 3000 RTP/AVP 0")), "without an offer");
    }

    @Test
    void twoOfUsAgree() {
        // RFC 3264 §4: what one offers the other can answer, and both see the same stream.
        OfferAnswer far = OfferAnswer.begin("192.0.2.4", 30000, 5);
        Outcome.Agreed theirs = agreed(far.answer(US.offer().sdp()));
        Outcome.Agreed ours = agreed(US.offer().accept(theirs.next().sdp()));
        assertEquals(ours.stream().sends(), theirs.stream().sends());
        assertEquals(ours.stream().sendsEvents(), theirs.stream().receivesEvents());
        assertTrue(ours.stream().rtcpMux() && theirs.stream().rtcpMux());
        assertEquals(ours.stream().rtp(), ours.stream().rtcp());
    }

    @Test
    void packetsAsTheyWishThem() {
        // RFC 8866 §6.4: ptime is a wish of the receiver; nonsense is ignored.
        assertEquals(
                30,
                agreed(US.answer(offer("m=audio 3000 RTP/AVP 0", "a=ptime:30"))).stream()
                        .ptime());
        assertEquals(
                20,
                agreed(US.answer(offer("m=audio 3000 RTP/AVP 0", "a=ptime:0"))).stream()
                        .ptime());
        assertEquals(
                20, agreed(US.answer(offer("m=audio 3000 RTP/AVP 0"))).stream().ptime());
    }

    private static void assertDirection(String theirs, Direction ours, boolean onHold) {
        Outcome.Agreed agreed = agreed(US.answer(offer("m=audio 3000 RTP/AVP 0", "a=" + theirs)));
        assertEquals(ours, agreed.stream().direction());
        assertEquals(onHold, agreed.stream().onHold());
        assertTrue(text(agreed.next()).endsWith("a=" + ours.word() + "\n"));
    }

    private static void assertRtcp(int port, String... lines) {
        AudioStream stream = agreed(US.answer(offer(lines))).stream();
        assertEquals(Optional.of(new InetSocketAddress("192.0.2.4", port)), stream.rtcp());
    }

    private static Outcome.Agreed agreed(Outcome outcome) {
        return assertInstanceOf(Outcome.Agreed.class, outcome);
    }

    private static byte[] offer(String... lines) {
        String address = lines.length > 0 && lines[0].startsWith("c=") ? "" : "c=IN IP4 192.0.2.4\r\n";
        return bytes("v=0\r\no=bob 1 1 IN IP4 192.0.2.4\r\ns=-\r\n" + address + "t=0 0\r\n" + String.join("\r\n", lines)
                + "\r\n");
    }

    private static byte[] bytes(String sdp) {
        return sdp.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(OfferAnswer state) {
        return new String(state.sdp(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}

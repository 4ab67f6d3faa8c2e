package teleapi.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SdpParserTest {
    static final String PHONE = """
        v=0
        o=bob 2890844730 2890844731 IN IP4 host.example.com
        s=a call
        i=about nothing
        c=IN IP4 192.0.2.4
        b=AS:84
        t=0 0
        a=sendrecv
        m=audio 30000 RTP/AVP 8 0 101
        c=IN IP4 192.0.2.5/127
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        m=video 30002/2 RTP/AVP 31
        """;

    @Test
    void readsWhatAPhoneSends() {
        // RFC 8866 §5: session lines up to the first m=, then a section for each.
        SessionDescription read = read(PHONE);
        assertEquals(new Origin("bob", "2890844730", "2890844731", "host.example.com"), read.origin());
        assertEquals(Optional.of("192.0.2.4"), read.host());
        assertEquals(List.of(Attribute.flag("sendrecv")), read.attributes());
        MediaDescription audio = read.media().getFirst();
        assertEquals("audio", audio.kind());
        assertEquals(30000, audio.port());
        assertEquals("RTP/AVP", audio.protocol());
        assertEquals(List.of("8", "0", "101"), audio.formats());
        assertEquals(Optional.of("101 telephone-event/8000"), audio.attribute("rtpmap"));
        assertEquals(Optional.of("192.0.2.5"), read.hostOf(audio));
        MediaDescription video = read.media().get(1);
        assertEquals(30002, video.port());
        assertEquals(Optional.of("192.0.2.4"), read.hostOf(video));
    }

    @Test
    void lineEndsMayBeCrLfOrLf() {
        // RFC 8866 §5: CRLF, and parsers should be tolerant of a bare LF.
        assertEquals(read(PHONE), read(PHONE.replace("\n", "\r\n")));
        assertEquals(read(PHONE), read(PHONE.stripTrailing()));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        // RFC 8866 §5: writer and parser speak the same language.
        SessionDescription once = read(PHONE.replace("/127", "").replace("host.example.com", "192.0.2.9"));
        assertEquals(once, read(new String(once.bytes(), StandardCharsets.UTF_8)));
    }

    @Test
    void saysWhichLineIsWrong() {
        // The contract of SdpReading.Unreadable: what, of what, why.
        assertReason("", "without o=");
        assertReason("o=a 1 1 IN IP4 1.2.3.4\n", "line 1: not v=0");
        assertReason("v=1\n", "line 1: not v=0");
        assertReason("v=0\ns=-\n", "without o=");
        assertReason("v=0\no=a 1 1 IN\n", "line 2: o= has not six words");
        assertReason("v=0\nhello\n", "line 2: no type=value");
        assertReason("v=0\no=a 1 1 IN IP4 h\nc=IN IP5 x\n", "line 3: c=");
        assertReason("v=0\no=a 1 1 IN IP4 h\nm=audio 70000 RTP/AVP 0\n", "line 3: m= with a port");
        assertReason("v=0\no=a 1 1 IN IP4 h\nm=audio -1 RTP/AVP 0\n", "line 3: m= with a port");
        assertReason("v=0\no=a 1 1 IN IP4 h\nm=audio 1 RTP/AVP\n", "line 3: m= has not");
        assertReason("v=0\no=a 1 1 IN IP4 h\nm=audio 1 RTP/AVP \u00e9\n", "line 3: m= with a character");
        assertReason("v=0\no=a 1 1 IN IP4 h\na=x\0y\n", "line 3: control character");
        assertReason("v=0\no=a 1 1 IN IP4 h\nv=0\n", "line 3: a second v=");
    }

    @Test
    void nothingIsUnbounded() {
        // Style "Input": limits are 64 KiB, 20 sections, 200 lines a section, 64 formats.
        String start = "v=0\no=a 1 1 IN IP4 h\n";
        assertReason("v=0\n" + "a".repeat(70_000), "limit 65536");
        assertReason(start + "m=audio 1 RTP/AVP 0\n".repeat(21), "line 23: more than 20 m= lines");
        assertReason(start + "a=x\n".repeat(200), "more than 200 lines");
        assertReason(start + "m=audio 1 RTP/AVP 0\n" + "a=x\n".repeat(200), "more than 200 lines");
        assertReason(start + "m=audio 1 RTP/AVP" + " 0".repeat(65) + "\n", "m= has not 1 to 64 formats");
        read(start + "m=audio 1 RTP/AVP 0\n".repeat(20));
    }

    @Test
    void noBytesMakeItThrow() {
        // Brief of the module: everything from the network is hostile; never an exception.
        SplittableRandom chance = new SplittableRandom(8866);
        byte[] good = PHONE.getBytes(StandardCharsets.UTF_8);
        int readable = 0;
        for (int run = 0; run < 6_000; run++) {
            byte[] bytes = good.clone();
            for (int i = chance.nextInt(6); i > 0; i--) {
                int at = chance.nextInt(bytes.length);
                bytes[at] = chance.nextBoolean() ? (byte) chance.nextInt() : bytes[chance.nextInt(bytes.length)];
            }
            OfferAnswer ours = OfferAnswer.begin("192.0.2.1", 20000, 1).offer();
            readable += SdpParser.parse(bytes) instanceof SdpReading.Described ? 1 : 0;
            ours.answer(bytes);
            ours.accept(bytes);
        }
        assertTrue(
                readable > 600 && readable < 5_800,
                "the mutations are neither all harmless nor all fatal: " + readable);
    }

    static SessionDescription read(String sdp) {
        return assertInstanceOf(SdpReading.Described.class, SdpParser.parse(sdp.getBytes(StandardCharsets.UTF_8)))
                .description();
    }

    private static void assertReason(String sdp, String part) {
        SdpReading.Unreadable unreadable =
                assertInstanceOf(SdpReading.Unreadable.class, SdpParser.parse(sdp.getBytes(StandardCharsets.UTF_8)));
        assertTrue(unreadable.reason().contains(part), unreadable.reason());
    }
}

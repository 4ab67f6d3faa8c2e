package teleapi.media.dtmf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyTest {
    @Test
    void digitsHaveTheCodesOfTheStandard() {
        // RFC 4733 §3.2, table 3.
        String digits = "0123456789*#ABCD";
        for (int code = 0; code < digits.length(); code++) {
            Key key = Key.of(digits.charAt(code)).orElseThrow();
            assertEquals(code, key.code());
            assertEquals(digits.charAt(code), key.digit());
            assertEquals(Optional.of(key), Key.ofCode(code));
        }
        assertEquals(Optional.of(Key.D), Key.of('d'));
        assertEquals(Optional.empty(), Key.of('e'));
        assertEquals(Optional.empty(), Key.ofCode(16));
        assertEquals(Optional.empty(), Key.ofCode(-1));
    }

    @Test
    void anEventIsWrittenAsTheStandardDrawsIt() {
        // RFC 4733 §2.3, figure 1.
        byte[] payload = new byte[6];
        TelephoneEvent event = new TelephoneEvent(11, true, 10, 0x0320);
        event.encode(payload, 1);
        assertArrayEquals(new byte[] {0, 11, (byte) 0x8a, 0x03, 0x20, 0}, payload);
        assertEquals(Optional.of(event), TelephoneEvent.decode(payload, 1, 4));
        assertEquals(Optional.of(Key.POUND), event.key());
    }

    @Test
    void whatEverArrivesIsReadOrIsNoEvent() {
        // RFC 4733 §2.3: the reserved bit is ignored; four bytes are needed.
        byte[] all = {-1, -1, -1, -1, 9};
        assertEquals(Optional.of(new TelephoneEvent(255, true, 63, 65_535)), TelephoneEvent.decode(all, 0, 5));
        assertEquals(Optional.empty(), TelephoneEvent.decode(all, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> new TelephoneEvent(1, false, 64, 0));
    }
}
